/// JMH benchmarks of the sample loop and its kernels, and what they measure.
@NullMarked
package wavenet4j.benchmarks;

import org.jspecify.annotations.NullMarked;
