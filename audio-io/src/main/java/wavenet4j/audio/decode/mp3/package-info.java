/// MPEG audio: layers 1 to 3.
@NullMarked
package wavenet4j.audio.decode.mp3;

import org.jspecify.annotations.NullMarked;
