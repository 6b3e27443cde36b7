/// A take while it is generated: a stream of audio, a buffer, reactive streams, changes of settings
/// as it plays.
@NullMarked
package wavenet4j.live;

import org.jspecify.annotations.NullMarked;
