/// From samples to a loudspeaker or a WAV file.
@NullMarked
package wavenet4j.audio.out;

import org.jspecify.annotations.NullMarked;
