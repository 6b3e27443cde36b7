/// The sample loop with other libraries, for comparison. Each is a [wavenet4j.Generator] of the
/// same takes, in float32, for networks with kernel size 2 and without labels.
@NullMarked
package wavenet4j.benchmarks.rivals;

import org.jspecify.annotations.NullMarked;
