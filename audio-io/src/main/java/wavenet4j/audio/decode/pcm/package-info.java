/// Files of samples as they are: WAV, RF64, Wave64, AIFF, AIFC, CAF and AU.
@NullMarked
package wavenet4j.audio.decode.pcm;

import org.jspecify.annotations.NullMarked;
