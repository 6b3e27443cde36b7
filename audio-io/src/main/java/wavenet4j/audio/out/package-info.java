/// Audio output: WAV files, WAV streams and the sound device.
@NullMarked
package wavenet4j.audio.out;

import org.jspecify.annotations.NullMarked;
