/// From files to samples: WAV, FLAC, MP3, Ogg Vorbis and what the platform reads.
@NullMarked
package wavenet4j.audio.decode;

import org.jspecify.annotations.NullMarked;
