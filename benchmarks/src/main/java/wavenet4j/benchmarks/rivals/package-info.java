/// The sample loop as it is written with other libraries, to be measured beside ours: the one place
/// outside training that uses DJL. Each is a [wavenet4j.Generator] of the same takes, in float32,
/// of networks with kernel size 2 and without labels.
@NullMarked
package wavenet4j.benchmarks.rivals;

import org.jspecify.annotations.NullMarked;
