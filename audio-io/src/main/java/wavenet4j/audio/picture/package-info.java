/// Images of clips: waveform and spectrogram.
@NullMarked
package wavenet4j.audio.picture;

import org.jspecify.annotations.NullMarked;
