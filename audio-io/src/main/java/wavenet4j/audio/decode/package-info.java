/// Audio files to clips: the format is told by the first bytes.
@NullMarked
package wavenet4j.audio.decode;

import org.jspecify.annotations.NullMarked;
