/// Checkpoints, the fingerprint of a run, and early stopping.
@NullMarked
package wavenet4j.train.checkpoint;

import org.jspecify.annotations.NullMarked;
