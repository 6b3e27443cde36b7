/// From recordings to batches.
@NullMarked
package wavenet4j.train.data;

import org.jspecify.annotations.NullMarked;
