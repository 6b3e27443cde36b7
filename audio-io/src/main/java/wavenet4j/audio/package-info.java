/// Mono audio clips: resampling, and the exception of everything that reads recordings.
@NullMarked
package wavenet4j.audio;

import org.jspecify.annotations.NullMarked;
