package wavenet4j.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.ModelSpec;
import wavenet4j.audio.Clip;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.MuLaw;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.levels.Levels;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

final class ReferenceClipsTest {
    private static final MuLaw MULAW = new MuLaw(256);
    private static final ModelSpec SPEC =
            new ModelSpec(
                    8000,
                    new Distribution.Categorical(256),
                    new DilatedConvolutions(2, 2, 2, 2, List.of(1)),
                    new SampleHead(2),
                    Conditioning.onLabels(List.of(), 0));

    /// A recording of one level all through, by which it is known again.
    private static EncodedRecording recording(int level, int samples, String label) {
        var levels = new char[samples];
        Arrays.fill(levels, (char) level);
        return new EncodedRecording(level + ".wav", Levels.of(levels), Set.of(label));
    }

    private static int[] levels(Clip clip) {
        return MULAW.encode(clip.samples());
    }

    @Test
    void shortRecordingsAreJoinedWithThoseOfTheirLabels() {
        var recordings =
                List.of(
                        recording(1, 60, "a"),
                        recording(2, 60, "b"),
                        recording(3, 50, "a"),
                        recording(4, 300, "b"),
                        recording(5, 20, "b"));
        List<Clip> passages = ReferenceClips.of(recordings, 100, SPEC).passages();
        assertThat(passages).hasSize(3);
        assertThat(levels(passages.get(0))).hasSize(110).startsWith(1).endsWith(3);
        assertThat(levels(passages.get(1))).hasSize(360).startsWith(2).endsWith(4);
        assertThat(levels(passages.get(2))).hasSize(20).containsOnly(5);
        assertThat(passages.getFirst().sampleRate()).isEqualTo(8000);
    }

    @Test
    void windowsAreSpreadAndDoNotOverlap() {
        for (int length = 99; length < 420; length++) {
            var samples = new float[length];
            for (int t = 0; t < length; t++) samples[t] = t;
            for (int size : new int[] {99, 100}) {
                List<Clip> windows = ReferenceClips.windows(List.of(new Clip(samples, 8000)), size);
                assertThat(windows).hasSize(length / size);
                float end = -1;
                for (Clip window : windows) {
                    assertThat(window.samples()).hasSize(size);
                    assertThat(window.samples()[0]).isGreaterThan(end);
                    end = window.samples()[size - 1];
                }
                assertThat(end).isLessThan(length);
            }
        }
    }
}
