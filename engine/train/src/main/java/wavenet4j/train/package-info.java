/// Learning a network from recordings: data windows, the DJL network, the training loop and run
/// folders.
@NullMarked
package wavenet4j.train;

import org.jspecify.annotations.NullMarked;
