/// Reading a folder of recordings: file selection, resampling, silence trimming, normalization.
@NullMarked
package wavenet4j.audio.corpus;

import org.jspecify.annotations.NullMarked;
