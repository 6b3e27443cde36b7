/// The benchmarks' variants compute the same.
@NullMarked
package wavenet4j.benchmarks;

import org.jspecify.annotations.NullMarked;
