package wavenet4j.train.evaluation;

import static java.util.Comparator.comparingDouble;

import wavenet4j.Take;
import wavenet4j.audio.analysis.PercentileRange;
import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.audio.analysis.SoundMeasures;
import wavenet4j.audio.analysis.SoundStatistics;

import java.util.Collections;
import java.util.List;

/// How the sound of takes differs from that of recordings. Distances are between mel spectra, in
/// dB.
///
/// @param usual measures of the recordings, by which the faults of takes are told
/// @param reference statistics of each window of the recordings
/// @param groups the takes, by temperature
/// @param baseline distance between halves of the recordings, which is as small as may be expected
/// @param noise distance of white noise from the recordings
public record SoundComparison(
        SoundMeasures usual,
        List<SoundStatistics> reference,
        List<Group> groups,
        PercentileRange baseline,
        PercentileRange noise) {

    /// The takes at one temperature.
    ///
    /// @param takes at least one
    /// @param statistics of each take
    /// @param faults of each take, beside the recordings
    /// @param distance of all together from the halves of the recordings
    public record Group(
            List<Take> takes,
            List<SoundStatistics> statistics,
            List<List<SoundFault>> faults,
            PercentileRange distance) {
        /// The temperature of these takes.
        public float temperature() {
            return takes.getFirst().sampling().temperature();
        }
    }

    /// The temperature whose takes are nearest to the recordings, by the median of the distances.
    public float nearestTemperature() {
        return Collections.min(groups, comparingDouble(group -> group.distance().median()))
                .temperature();
    }
}
