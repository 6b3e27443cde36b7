package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class DatasetTest {
    private static final int FIELD = 15; // 2 x 1..4

    @TempDir Path folder;

    private void wavs(int count, int samples) throws IOException {
        for (int i = 0; i < count; i++) {
            TinyRun.wav(folder.resolve("%02d.wav".formatted(i)), samples, 0.3 + 0.03 * i);
        }
    }

    private Dataset read(String... settings) throws IOException {
        return Dataset.read(folder, TinyRun.config(settings));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String... settings) {
        return assertThatThrownBy(() -> read(settings))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> names(List<EncodedRecording> recordings) {
        return recordings.stream().map(EncodedRecording::name).toList();
    }

    @Test
    void filesAreSplitWholeAndAlwaysAlike() throws IOException {
        wavs(20, 400);
        Dataset data = read("data.heldOut=0.2");
        assertThat(data.heldOut()).hasSize(4);
        assertThat(data.training()).hasSize(16);
        var all = new ArrayList<>(names(data.training()));
        all.addAll(names(data.heldOut()));
        assertThat(all).doesNotHaveDuplicates().hasSize(20);
        assertThat(names(read("data.heldOut=0.2").heldOut())).isEqualTo(names(data.heldOut()));
        assertThat(names(read("data.heldOut=0.2", "training.seed=2").heldOut()))
                .isNotEqualTo(names(data.heldOut()));
        assertThat(data.spec().sampleRate()).isEqualTo(8000);
        assertThat(data.spec().receptiveField()).isEqualTo(FIELD);
        assertThat(data.scan()).startsWith("kept 20 files");
    }

    @Test
    void filesOfARunOfBeforeAreSplitWholeByTheirNumber() throws IOException {
        wavs(2, 400);
        for (String share : new String[] {"0.001", "0.999"}) {
            Dataset data = read("data.split=files", "data.heldOut=" + share);
            assertThat(data.heldOut()).hasSize(1);
            assertThat(data.training()).hasSize(1);
        }
        Files.delete(folder.resolve("00.wav"));
        refused("data.split=files")
                .hasMessageContaining("has one recording to learn from, 01.wav")
                .hasMessageContaining("data.split: parts holds out its end");
    }

    @Test
    void silenceIsPutBeforeAndAfter() throws IOException {
        wavs(2, 400);
        int[] plain = read().training().getFirst().levels().toArray();
        assertThat(plain).hasSize(400);
        int[] levels =
                read("data.leadIn=true", "data.tailSeconds=0.01")
                        .training()
                        .getFirst()
                        .levels()
                        .toArray();
        assertThat(levels).hasSize(FIELD + 400 + 80);
        var silence = new int[80];
        Arrays.fill(silence, 8);
        assertThat(Arrays.copyOfRange(levels, 0, FIELD)).isEqualTo(Arrays.copyOf(silence, FIELD));
        assertThat(Arrays.copyOfRange(levels, FIELD, FIELD + 400)).isEqualTo(plain);
        assertThat(Arrays.copyOfRange(levels, FIELD + 400, levels.length)).isEqualTo(silence);
    }

    @Test
    void tooShortRecordingsAreLeftOutUnlessLedInto() throws IOException {
        wavs(3, 400);
        TinyRun.wav(folder.resolve("short.wav"), FIELD, 0.5);
        Dataset data = read();
        assertThat(data.training().size() + data.heldOut().size()).isEqualTo(3);
        assertThat(data.scan())
                .contains("short.wav: is no longer than the receptive field of 0.00 s")
                .contains("data.leadIn: true would use it");
        Dataset ledInto = read("data.leadIn=true");
        assertThat(ledInto.training().size() + ledInto.heldOut().size()).isEqualTo(4);
    }

    @Test
    void oneRecordingIsEnoughAndSoIsItsFile() throws IOException {
        wavs(1, 40_000);
        Path file = folder.resolve("00.wav");
        Dataset data = read();
        assertThat(names(data.heldOut())).containsExactly("00.wav@36000-40000"); // a tenth
        assertThat(names(data.training())).containsExactly("00.wav@0-28000"); // a second before
        Dataset ofFile = Dataset.read(file, TinyRun.config());
        assertThat(names(ofFile.training())).isEqualTo(names(data.training()));
        assertThat(ofFile.heldOut().getFirst().levels().toArray())
                .isEqualTo(data.heldOut().getFirst().levels().toArray())
                .hasSize(4000);
    }

    @Test
    void aRecordingTooShortToBeBothIsRefused() throws IOException {
        wavs(1, 8000 + 4 * FIELD - 1);
        refused()
                .hasMessageContaining("00.wav has 1.01 s of sound, and a single recording needs")
                .hasMessageEndingWith("\nkept 1 file, 1.01 s at 8000 Hz");
        wavs(1, 4000);
        refused("data.leadIn=true", "data.tailSeconds=0.1") // silence that is added is no sound
                .hasMessageContaining(
                        "00.wav has 0.50 s of sound, and a single recording needs 0.91");
        wavs(1, 8000 + 4 * FIELD);
        assertThat(names(read().heldOut())).containsExactly("00.wav@8030-8060");
        assertThat(names(read().training())).containsExactly("00.wav@0-30");
    }

    @Test
    void aConstantRecordingIsNotCalledQuiet() throws IOException {
        var offset = new float[400];
        Arrays.fill(offset, 0.25f);
        try (var writer = WavWriter.to(folder.resolve("a.wav"), 8000)) {
            writer.write(offset, 0, offset.length);
        }
        refused()
                .hasMessageContaining(
                        "its one recording is constant all through, which is no sound");
    }

    @Test
    void copiesAreLeftOutAndNamed() throws IOException {
        wavs(12, 400);
        Files.copy(folder.resolve("03.wav"), folder.resolve("z.wav"));
        Dataset data = read();
        assertThat(names(data.training())).doesNotContain("z.wav");
        assertThat(names(data.heldOut())).doesNotContain("z.wav");
        assertThat(data.scan())
                .contains("left out of training\n  z.wav: is a copy of 03.wav (0.05 s)");
        assertThat(data.training().size() + data.heldOut().size()).isEqualTo(12);
        Dataset before = read("data.split=files");
        assertThat(before.training().size() + before.heldOut().size()).isEqualTo(13);
    }

    /// The reason is the real one, in the sentence where there is one and in the lines otherwise.
    @Test
    void theReasonWhyThereIsNothingIsTheRealOne() throws IOException {
        for (int i = 0; i < 3; i++) TinyRun.wav(folder.resolve(i + ".wav"), 400, 0);
        refused()
                .hasMessageStartingWith(
                        folder
                                + " holds nothing to learn from: each of its 3 recordings is silent"
                                + " all through\n");
        for (int i = 0; i < 3; i++) TinyRun.wav(folder.resolve(i + ".wav"), 10, i + 1);
        refused()
                .hasMessageContaining("each of its 3 recordings is no longer than the receptive")
                .hasMessageContaining("  2.wav: is no longer than the receptive field of 0.00 s");
        TinyRun.wav(folder.resolve("1.wav"), 400, 0);
        refused()
                .hasMessageContaining("its 3 recordings are left out, for the reasons below")
                .hasMessageContaining("1.wav: is silent all through");
        for (int i = 0; i < 3; i++) TinyRun.wav(folder.resolve(i + ".wav"), 400 + i, 0.001);
        refused()
                .hasMessageContaining("recordings is so quiet that it has no more than two levels");
        assertThat(read("data.normalize=true").training()).hasSize(2);
    }

    @Test
    void anEmptyFolderAndUnreadableFilesAreNamed() throws IOException {
        refused().hasMessageStartingWith(folder + " holds no recordings; name a folder of WAV");
        Files.writeString(folder.resolve("text.txt"), "no audio");
        Files.writeString(folder.resolve("broken.wav"), "no audio");
        refused().hasMessageContaining("broken.wav: ").hasMessageContaining("1 .txt");
    }

    @Test
    void noFolderIsNamed() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> Dataset.read(none, TinyRun.config()))
                .isInstanceOf(AudioException.class)
                .hasMessageContaining(none + ": there is no such folder");
    }

    @Test
    void labelsAreThoseThatAreTrained() throws IOException {
        for (int i = 0; i < 6; i++) {
            TinyRun.wav(folder.resolve("ab".charAt(i % 2) + "/" + i + ".wav"), 400, 0.3 + 0.1 * i);
        }
        Dataset data = read("data.labels=folders");
        assertThat(data.spec().labels().names()).containsExactly("a", "b");
        assertThat(data.training())
                .allSatisfy(r -> assertThat(r.labels()).containsExactly(r.name().substring(0, 1)));

        Dataset single = read("data.labels=\"pattern:(.*)\\\\.wav\"");
        assertThat(single.spec().labels().names())
                .containsExactlyElementsOf(
                        names(single.training()).stream()
                                .map(name -> name.replace(".wav", ""))
                                .toList());
    }

    @Test
    void aRuleThatLabelsNothingIsRefused() throws IOException {
        wavs(3, 400);
        refused("data.labels=folders")
                .hasMessageMatching(
                        "(?s)no recording to learn from gets a label by the rule folders; the first"
                                + " is 0\\d.wav\n"
                                + "kept 3 files.*");
    }

    @Test
    void spokenDigitsHaveTenDigitsAndSixSpeakers() throws IOException {
        Path fsdd = Path.of(System.getProperty("wavenet4j.data", "none"), "fsdd");
        assumeThat(fsdd).as("the recordings of wavenet4j.data").isDirectory();
        Path preset =
                Path.of(System.getProperty("wavenet4j.root", ".")).resolve("configs/digits.yaml");
        Dataset data = Dataset.read(fsdd, TrainConfig.parse(Files.readString(preset), Map.of()));
        assertThat(data.spec().labels().names())
                .hasSize(16)
                .filteredOn(name -> name.matches("digit=\\d"))
                .hasSize(10);
        assertThat(data.training()).allSatisfy(r -> assertThat(r.labels()).hasSize(2));
    }
}
