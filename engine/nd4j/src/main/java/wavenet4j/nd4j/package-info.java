/// Generation on ND4J arrays: the delay lines are INDArrays written in place, streams the rows of
/// each. The only user of `org.nd4j`, which may be missing at run time.
@NullMarked
package wavenet4j.nd4j;

import org.jspecify.annotations.NullMarked;
