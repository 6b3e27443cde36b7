/// Tests of the training room, on networks and recordings small enough for seconds.
@NullMarked
package wavenet4j.train;

import org.jspecify.annotations.NullMarked;
