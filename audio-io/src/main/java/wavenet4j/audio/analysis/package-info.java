/// Audio analysis: levels, spectra, statistics, and the distance between sets of clips.
@NullMarked
package wavenet4j.audio.analysis;

import org.jspecify.annotations.NullMarked;
