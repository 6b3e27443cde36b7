/// The benchmarks of the cpu backend's pieces.
@NullMarked
package wavenet4j.cpu;

import org.jspecify.annotations.NullMarked;
