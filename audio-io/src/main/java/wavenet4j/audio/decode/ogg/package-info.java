/// Ogg files: Vorbis and Opus.
@NullMarked
package wavenet4j.audio.decode.ogg;

import org.jspecify.annotations.NullMarked;
