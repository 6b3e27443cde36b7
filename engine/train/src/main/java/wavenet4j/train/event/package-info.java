/// The events of a training, their listeners and their log file.
@NullMarked
package wavenet4j.train.event;

import org.jspecify.annotations.NullMarked;
