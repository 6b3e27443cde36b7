/// What happens in a run, as events that are written and read.
@NullMarked
package wavenet4j.train.event;

import org.jspecify.annotations.NullMarked;
