/// Event files for TensorBoard.
@NullMarked
package wavenet4j.train.tensorboard;

import org.jspecify.annotations.NullMarked;
