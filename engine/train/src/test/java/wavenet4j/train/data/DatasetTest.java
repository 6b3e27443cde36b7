package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.audio.AudioException;
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
            TinyRun.wav(folder.resolve("%02d.wav".formatted(i)), samples, 0.5);
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
    void oneFileAtLeastIsHeldOutAndOneIsLearned() throws IOException {
        wavs(2, 400);
        for (String share : new String[] {"0.001", "0.999"}) {
            Dataset data = read("data.heldOut=" + share);
            assertThat(data.heldOut()).hasSize(1);
            assertThat(data.training()).hasSize(1);
        }
    }

    @Test
    void silenceIsPutBeforeAndAfter() throws IOException {
        wavs(2, 400);
        char[] plain = read().training().getFirst().levels();
        assertThat(plain).hasSize(400);
        char[] levels =
                read("data.leadIn=true", "data.tailSeconds=0.01").training().getFirst().levels();
        assertThat(levels).hasSize(FIELD + 400 + 80);
        var silence = new char[80];
        Arrays.fill(silence, (char) 8);
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
                .contains("short.wav: 0.00 s is no longer than the receptive field of 0.00 s")
                .contains("data.leadIn: true would use it");
        Dataset ledInto = read("data.leadIn=true");
        assertThat(ledInto.training().size() + ledInto.heldOut().size()).isEqualTo(4);
    }

    @Test
    void allTooShortSaysWhatWouldHelp() throws IOException {
        wavs(3, 10);
        refused()
                .hasMessageContaining("has 0 recordings longer than the receptive field")
                .hasMessageContaining("add recordings, or cut a long one in parts")
                .hasMessageContaining("02.wav: 0.00 s is no longer");
    }

    @Test
    void oneFileIsTooFew() throws IOException {
        wavs(1, 400);
        refused()
                .hasMessageContaining("has 1 recording longer than")
                .hasMessageContaining("training takes at least two, as one is held out");
    }

    @Test
    void tooQuietRecordingsAreNamedWithTheRemedy() throws IOException {
        for (int i = 0; i < 3; i++) TinyRun.wav(folder.resolve(i + ".wav"), 400, 0.001);
        refused()
                .hasMessageContaining("has 0 recordings")
                .hasMessageContaining("0.wav: is so quiet that it has no more than two levels")
                .hasMessageContaining("data.normalize: true would use it");
        assertThat(read("data.normalize=true").training()).hasSize(2);
    }

    @Test
    void silentRecordingsAreNamed() throws IOException {
        for (int i = 0; i < 3; i++) TinyRun.wav(folder.resolve(i + ".wav"), 400, 0);
        refused()
                .hasMessageStartingWith(folder + " holds no recording to learn from; name a folder")
                .hasMessageContaining("2.wav: is silent all through");
    }

    @Test
    void anEmptyFolderAndUnreadableFilesAreNamed() throws IOException {
        refused().hasMessageStartingWith(folder + " holds no recording to learn from; name a");
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
            TinyRun.wav(folder.resolve("ab".charAt(i % 2) + "/" + i + ".wav"), 400, 0.5);
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
                        "no recording to learn from gets a label by the rule folders; the first is"
                                + " 0\\d.wav");
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
