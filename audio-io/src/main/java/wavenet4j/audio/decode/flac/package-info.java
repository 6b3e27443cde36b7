/// FLAC, in files of its own and in Ogg.
@NullMarked
package wavenet4j.audio.decode.flac;

import org.jspecify.annotations.NullMarked;
