package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.audio.analysis.PercentileRange;
import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.audio.analysis.SoundMeasures;
import wavenet4j.audio.analysis.SoundStatistics;
import wavenet4j.distribution.Sampling;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.evaluation.SoundComparison;
import wavenet4j.train.testing.TinyRun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The temperature that is found at the end of a training.
final class TemperatureChoiceTest {
    private static final PercentileRange NONE = new PercentileRange(0, 0, 0);

    private static SoundStatistics level(double decibels) {
        return new SoundStatistics(decibels, decibels, 0, 0, 0, 0, 0, 0);
    }

    private static SoundComparison.Group group(
            float temperature, double distance, int faulty, double... levels) {
        var take = new Take(1, new Sampling(temperature, 0, 1), Map.of());
        var faults = new ArrayList<List<SoundFault>>();
        for (int n = 0; n < levels.length; n++) {
            faults.add(n < faulty ? List.of(SoundFault.SILENCE) : List.of());
        }
        return new SoundComparison.Group(
                Collections.nCopies(levels.length, take),
                Arrays.stream(levels).mapToObj(TemperatureChoiceTest::level).toList(),
                faults,
                new PercentileRange(0, distance, 100));
    }

    /// Among recordings of -20 dB.
    private static float best(SoundComparison.Group... groups) {
        return TemperatureChoice.best(
                new SoundComparison(
                        SoundMeasures.UNKNOWN,
                        List.of(level(-20), level(-20)),
                        List.of(groups),
                        NONE,
                        NONE));
    }

    @Test
    void theNearestWithTheFewestFaultsIsTaken() {
        var cold = group(0.9f, 3, 0, -20, -21, -20);
        var learned = group(1, 5, 0, -20, -19, -20);
        assertThat(best(cold, learned, group(1.1f, 2, 0, -20, -20, -20))).isEqualTo(1.1f);
        assertThat(best(cold, learned, group(1.1f, 2, 1, -20, -20, -20))).isEqualTo(0.9f);
        assertThat(best(group(0.9f, 1, 2, -20, -20), group(1.1f, 9, 1, -20, -20))).isEqualTo(1.1f);
    }

    @Test
    void takesOfAnotherLevelCountAsFaulty() {
        assertThat(best(group(0.9f, 1, 0, -20, -29), group(1.1f, 9, 0, -13, -27))).isEqualTo(1.1f);
    }

    @Test
    void itIsAsLearnedUnlessAnotherIsNearerByFar() {
        assertThat(best(group(0.9f, 4.5, 0, -20), group(1, 5, 0, -20))).isEqualTo(1);
        assertThat(best(group(0.9f, 3.5, 0, -20), group(1, 5, 0, -20))).isEqualTo(0.9f);
    }

    @Test
    void recordingsTooShortToTellGiveNone() {
        ModelSpec spec = TinyRun.spec(16, 2, List.of(1, 2, 4));
        Model model = Model.initial(spec, 1);
        List<EncodedRecording> brief =
                List.of(TinyRun.recording("a", TinyRun.noise(3000, 16, 1), Set.of()));
        assertThat(new TemperatureChoice(1).choose(model, brief, () -> false)).isEmpty();
        List<EncodedRecording> enough =
                List.of(TinyRun.recording("a", TinyRun.noise(50_000, 16, 1), Set.of()));
        assertThat(new TemperatureChoice(1).choose(model, enough, () -> false)).isNotEmpty();
        assertThat(new TemperatureChoice(1).choose(model, enough, () -> true)).isEmpty();
        assertThat(new TemperatureChoice(1, 0).choose(model, enough, () -> false)).isEmpty();
    }
}
