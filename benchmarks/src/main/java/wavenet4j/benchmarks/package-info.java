/// JMH benchmarks of the sample loop, its kernels and other libraries, and their report.
@NullMarked
package wavenet4j.benchmarks;

import org.jspecify.annotations.NullMarked;
