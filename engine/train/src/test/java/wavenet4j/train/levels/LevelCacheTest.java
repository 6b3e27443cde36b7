package wavenet4j.train.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.audio.Clip;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.audio.corpus.RateRule;
import wavenet4j.audio.corpus.ScanProgress;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.distribution.LinearPcm;
import wavenet4j.distribution.MuLaw;
import wavenet4j.distribution.Quantizer;
import wavenet4j.info.Preprocessing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

final class LevelCacheTest {
    private static final int RATE = 8000;

    @TempDir Path folder;
    private Path recordings = Path.of("");
    private Path cache = Path.of("");
    private Preprocessing preprocessing = Preprocessing.NONE;
    private Quantizer quantizer = new MuLaw(256);

    /// How many recordings were read before the scan is stopped.
    private int most = Integer.MAX_VALUE;

    @BeforeEach
    void write() throws IOException {
        recordings = Files.createDirectories(folder.resolve("recordings"));
        cache = folder.resolve("run/levels");
        for (int i = 0; i < 5; i++) write(i + ".wav", i, 1000 + i);
    }

    private Clip write(String name, int seed, int samples) throws IOException {
        var random = new Random(seed);
        var sound = new float[samples];
        for (int t = 0; t < samples; t++) sound[t] = (random.nextInt(65_536) - 32_768) * 0x1p-15f;
        var clip = new Clip(sound, RATE);
        WavWriter.save(clip, recordings.resolve(name));
        return clip;
    }

    private RecordingEncoder encoder() {
        return new RecordingEncoder(preprocessing, quantizer, 3);
    }

    private Corpus<EncodedAudio> scan() throws IOException {
        var options = encoder().options(OptionalInt.empty(), RateRule.SOUND);
        var files = new int[1];
        ScanProgress stop =
                (task, _, _) -> {
                    if (task.equals("reading") && ++files[0] > most) throw new Stop();
                };
        return LevelCache.scan(cache, recordings, encoder(), options, stop);
    }

    /// What a scan without a cache makes.
    private Corpus<EncodedAudio> fresh() throws IOException {
        var options = encoder().options(OptionalInt.empty(), RateRule.SOUND);
        return Corpus.scan(recordings, options, encoder()::encode);
    }

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static List<String> describe(Corpus<EncodedAudio> corpus) {
        var lines = new ArrayList<>(List.of(corpus.summary()));
        for (var kept : corpus.kept()) {
            EncodedAudio audio = kept.audio();
            lines.add(
                    "%s %s %d %d %s %s"
                            .formatted(
                                    kept.map(_ -> ""),
                                    audio.levels().checksum(),
                                    audio.lowest(),
                                    audio.highest(),
                                    kept.notes(),
                                    java.util.Arrays.toString(audio.levels().toArray())));
        }
        return lines;
    }

    private void assertFound() throws IOException {
        assertThat(describe(scan())).isEqualTo(describe(fresh()));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(cache)) {
            return files.map(Path::getFileName).sorted().toList();
        }
    }

    /// The recordings are made unreadable, with size and time as before: whatever is found then was
    /// in the cache.
    private void spoil(String... names) throws IOException {
        for (String name : names) {
            Path file = recordings.resolve(name);
            FileTime modified = Files.getLastModifiedTime(file);
            Files.write(file, new byte[(int) Files.size(file)]);
            Files.setLastModifiedTime(file, modified);
        }
    }

    @Test
    void levelsAreThoseOfTheRecordingsInBytesOrTwo() throws IOException {
        for (Quantizer each : new Quantizer[] {new MuLaw(256), new MuLaw(257), new LinearPcm()}) {
            quantizer = each;
            Clip clip = write("0.wav", 0, 1000);
            Corpus<EncodedAudio> corpus = scan();
            int[] levels = corpus.kept().getFirst().audio().levels().toArray();
            int[] wanted = new int[1003];
            java.util.Arrays.fill(wanted, 0, 3, quantizer.silence());
            System.arraycopy(quantizer.encode(clip.samples()), 0, wanted, 3, 1000);
            assertThat(levels).isEqualTo(wanted);
            int all = 5 * 1003 + 1 + 2 + 3 + 4;
            assertThat(Files.size(cache.resolve(files().getLast())))
                    .isEqualTo(quantizer.levels() > 256 ? 2 * all : all);
            assertFound();
            assertThat(files()).hasSize(3);
        }
    }

    @Test
    void aSecondScanReadsNothingButTheCache() throws IOException {
        Files.writeString(recordings.resolve("broken.wav"), "none");
        List<String> first = describe(scan());
        spoil("0.wav", "1.wav", "2.wav", "3.wav", "4.wav");
        assertThat(describe(scan())).isEqualTo(first);
        assertThat(first.getFirst()).contains("kept 5 files", "broken.wav: ");
        Path moved = folder.resolve("moved");
        Files.move(recordings, moved);
        recordings = moved;
        Files.move(cache, folder.resolve("elsewhere"));
        cache = folder.resolve("elsewhere");
        assertThat(describe(scan())).isEqualTo(first);
    }

    @Test
    void whatHasChangedIsMadeAnewAndTheRestIsKept() throws IOException {
        scan();
        List<String> before = describe(fresh());
        write("2.wav", 77, 1200);
        write("new.wav", 78, 500);
        Files.delete(recordings.resolve("1.wav"));
        List<String> now = describe(fresh());
        spoil("0.wav", "3.wav");
        assertThat(describe(scan())).isEqualTo(now).isNotEqualTo(before);
        spoil("2.wav", "new.wav", "4.wav");
        assertThat(describe(scan())).isEqualTo(now);
        assertThat(files()).hasSize(3);
        // The time alone, too: another program may write as many bytes.
        Path touched = recordings.resolve("0.wav");
        Files.setLastModifiedTime(touched, FileTime.fromMillis(0));
        assertThat(scan().leftOut()).hasSize(1);
    }

    @Test
    void otherSettingsMakeOtherLevels() throws IOException {
        scan();
        preprocessing = new Preprocessing(null, true, false, 0.01);
        assertFound();
        quantizer = new MuLaw(16);
        assertFound();
        assertThat(files()).hasSize(3);
    }

    @Test
    void aScanThatWasStoppedGoesOn() throws IOException {
        List<String> whole = describe(fresh());
        for (int stop = 0; stop < 4; stop++) {
            most = 1; // of those that are read anew, no more than one before each stop
            int already = stop;
            assertThatThrownBy(() -> stopAfter(already + 1)).isInstanceOf(Stop.class);
            assertThat(files()).doesNotContain(Path.of("index"));
            spoil(stop + ".wav");
        }
        most = Integer.MAX_VALUE;
        assertThat(describe(scan())).isEqualTo(whole);
        assertThat(files().toString()).isEqualTo("[.lock, index, levels-1]");
    }

    private void stopAfter(int recordingsRead) throws IOException {
        most = recordingsRead - 1;
        scan();
    }

    /// As a power cut may leave it: a line cut short, levels without a line, a line without its
    /// levels.
    @Test
    void whatIsNotWholeIsMadeAnew() throws IOException {
        List<String> whole = describe(fresh());
        assertThatThrownBy(() -> stopAfter(4)).isInstanceOf(Stop.class);
        Path part = cache.resolve("index.part");
        byte[] lines = Files.readAllBytes(part);
        for (int cut = lines.length; cut >= 0; cut -= 37) {
            Files.write(part, java.util.Arrays.copyOf(lines, cut));
            assertThatThrownBy(() -> stopAfter(5)).isInstanceOf(Stop.class);
        }
        Files.write(cache.resolve("levels-1"), new byte[1500]); // holds the first recording only
        most = Integer.MAX_VALUE;
        List<String> found = describe(scan());
        assertThat(found.subList(2, found.size())).isEqualTo(whole.subList(2, whole.size()));
        for (String bad : List.of("", "{}", "null", "[1]", "{\"format\":9}", "\0\0")) {
            Files.writeString(cache.resolve("index"), bad);
            assertThat(describe(scan())).isEqualTo(whole);
        }
        String index = Files.readString(cache.resolve("index"));
        for (String bad :
                List.of(
                        "\"offset\":-1",
                        "\"offset\":4000000000000",
                        "\"offset\":9000",
                        "\"x\":1")) {
            Files.writeString(cache.resolve("index"), index.replaceFirst("\"offset\":\\d+", bad));
            List<String> again = describe(scan());
            if (!bad.contains("x")) assertThat(again).isEqualTo(whole);
        }
    }

    @Test
    void nothingIsLeftWhereThereIsNothing() throws IOException {
        Path all = recordings;
        recordings = folder.resolve("none");
        assertThatThrownBy(this::scan).hasMessageContaining("there is no such folder");
        recordings = Files.createDirectory(folder.resolve("empty"));
        assertThat(scan().kept()).isEmpty();
        assertThat(folder.resolve("run")).doesNotExist();
        recordings = all;
        Files.createDirectories(cache.getParent());
        assertFound();
        recordings = folder.resolve("empty");
        assertThat(scan().kept()).isEmpty();
        assertThat(cache).isDirectory();
    }

    @Test
    void twoDoNotMakeTheSameLevels() throws IOException {
        Files.createDirectories(cache);
        try (var _ = CacheLock.acquire(cache)) {
            assertThatThrownBy(this::scan)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another training is reading its recordings into")
                    .hasMessageContaining(cache.toString());
        }
        assertFound();
    }
}
