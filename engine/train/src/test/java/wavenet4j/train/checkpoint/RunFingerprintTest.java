package wavenet4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.testing.TinyRun;

import java.util.List;
import java.util.Set;

final class RunFingerprintTest {
    private static final ModelSpec SPEC = TinyRun.spec(16, 2, List.of(1, 2), "a", "b");
    private static final RunFingerprint OWN = print(SPEC, "r.wav", "h.wav", 9, "a");

    private static RunFingerprint print(
            ModelSpec spec, String learned, String held, int level, String label) {
        int[] sound = new int[40];
        sound[20] = level;
        return RunFingerprint.of(
                new Dataset(
                        spec,
                        List.of(TinyRun.recording(learned, sound, Set.of(label))),
                        List.of(TinyRun.recording(held, new int[40], Set.of("b"))),
                        "the scan may say something else " + level));
    }

    @Test
    void theSameDataAndNetworkAreTheSameAndSoIsWhatAFileSaysOfThem() {
        assertThat(print(SPEC, "r.wav", "h.wav", 9, "a")).isEqualTo(OWN);
        assertThat(RunFingerprint.parse(OWN.text())).isEqualTo(OWN);
        assertThatThrownBy(() -> RunFingerprint.parse("12345678"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12345678");
    }

    @Test
    void whatDiffersIsNamedByWhatExplainsTheRest() {
        ModelSpec deeper = TinyRun.spec(16, 2, List.of(1, 2, 4), "a", "b");
        ModelSpec labelled = TinyRun.spec(16, 2, List.of(1, 2), "a", "c");
        assertThat(print(deeper, "r.wav", "h.wav", 9, "a").differenceTo(OWN))
                .isEqualTo("network settings");
        assertThat(print(labelled, "r.wav", "h.wav", 9, "c").differenceTo(OWN)).isEqualTo("labels");
        assertThat(print(SPEC, "r.wav", "h.wav", 8, "a").differenceTo(OWN)).isEqualTo("sounds");
        assertThat(print(labelled, "other.wav", "h.wav", 8, "c").differenceTo(OWN))
                .isEqualTo("files");
        assertThat(print(SPEC, "r.wav", "other.wav", 9, "a").differenceTo(OWN))
                .as("held-out recordings are what all looks are compared by")
                .isEqualTo("files");
        assertThat(print(SPEC, "h.wav", "r.wav", 9, "a").differenceTo(OWN)).isEqualTo("files");
    }

    /// The checksum is one that a run of the first version has in its checkpoints.
    @Test
    void theNetworkOfAnEarlierRunKeepsItsChecksum() {
        var spec =
                new ModelSpec(
                        16_000,
                        new Distribution.Categorical(256),
                        new DilatedConvolutions(64, 64, 256, 2, List.of(1, 2, 4, 8, 16, 32)),
                        new SampleHead(256),
                        Conditioning.NONE);
        var recording = TinyRun.recording("r.wav", new int[80], Set.of());
        var data = new Dataset(spec, List.of(recording), List.of(recording), "");
        assertThat(RunFingerprint.of(data).network()).isEqualTo("154969ad");
    }

    @Test
    void theHighByteOfManyLevelsIsSeen() {
        ModelSpec many = TinyRun.spec(65_536, 2, List.of(1, 2), "a", "b");
        assertThat(print(many, "r.wav", "h.wav", 0x100, "a"))
                .isNotEqualTo(print(many, "r.wav", "h.wav", 0x200, "a"));
    }
}
