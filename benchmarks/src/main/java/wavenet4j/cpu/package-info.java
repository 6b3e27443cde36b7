/// The benchmarks of what the cpu backend is made of, in its package to reach it.
@NullMarked
package wavenet4j.cpu;

import org.jspecify.annotations.NullMarked;
