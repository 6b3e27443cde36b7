/// The state of training, saved and loaded; early stopping.
@NullMarked
package wavenet4j.train.checkpoint;

import org.jspecify.annotations.NullMarked;
