/// Recordings, their labels, and the batches of windows cut from them.
@NullMarked
package wavenet4j.train.data;

import org.jspecify.annotations.NullMarked;
