/// What a sound measures: levels, spectra, statistics, distances.
@NullMarked
package wavenet4j.audio.analysis;

import org.jspecify.annotations.NullMarked;
