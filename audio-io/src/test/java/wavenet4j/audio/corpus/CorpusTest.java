package wavenet4j.audio.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.Clip;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.audio.testing.TestSounds;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

class CorpusTest {
    @TempDir Path folder;

    private void write(String name, Clip clip) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (WavWriter writer = WavWriter.to(file, clip.sampleRate())) {
            writer.write(clip.samples(), 0, clip.samples().length);
        }
    }

    private static List<String> names(List<? extends Corpus.Kept<?>> kept) {
        return kept.stream().map(file -> file.file().toString().replace('\\', '/')).toList();
    }

    @Test
    void sortsFilesByPath() throws IOException {
        write("b.wav", TestSounds.sine(440, .5, 1, 8000));
        write("a/z.WAV", TestSounds.sine(440, .5, .5, 8000));
        write("a/b/c.wav", TestSounds.sine(440, .5, .25, 8000));
        write("a/.checkpoints/c.wav", TestSounds.sine(440, .5, .25, 8000));
        Corpus<Clip> corpus = Corpus.scan(folder, Corpus.Options.asRecorded());
        assertThat(names(corpus.kept())).containsExactly("a/b/c.wav", "a/z.WAV", "b.wav");
        assertThat(corpus.sampleRate()).isEqualTo(8000);
        assertThat(corpus.seconds()).isEqualTo(1.75);
        assertThat(corpus.leftOut()).isEmpty();
        assertThat(corpus.summary())
                .isEqualTo("kept 3 files, 1.75 s at 8000 Hz\nignored as no audio: 1 hidden");
    }

    @Test
    void reportsFilesMixedToMono() throws IOException {
        writeStereo("apart.wav", 0);
        writeStereo("opposed.wav", -1);
        write("mono.wav", TestSounds.sine(440, .5, 1, 8000));
        Corpus<Clip> corpus = Corpus.scan(folder, Corpus.Options.asRecorded());
        assertThat(corpus.summary())
                .isEqualTo(
                        """
                        kept 2 files, 2.00 s at 8000 Hz
                          mixed 1 file of several channels to mono
                        left out 1 file, 1.00 s
                          opposed.wav: is silent all through after mixing to mono (1.00 s)\
                        """);
        assertThat(corpus.kept().getFirst().channels()).isEqualTo(2);
        assertThat(corpus.kept().getFirst().audio().peak()).isCloseTo(0.25f, within(1e-3f));
    }

    /// A sine a second long, in 16 bits.
    ///
    /// @param right factor of the right channel relative to the left
    private void writeStereo(String name, int right) throws IOException {
        var format = new AudioFormat(8000, 16, 2, true, false);
        ByteBuffer frames = ByteBuffer.allocate(4 * 8000).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : TestSounds.sine(440, 1, 1, 8000).samples()) {
            int left = Math.round(16384 * sample);
            frames.putShort((short) left).putShort((short) (right * left));
        }
        try (var sound =
                new AudioInputStream(new ByteArrayInputStream(frames.array()), format, 8000)) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, folder.resolve(name).toFile());
        }
    }

    @Test
    void reportsFilesLeftOut() throws IOException {
        write("good.wav", TestSounds.sine(440, .5, 1, 8000));
        write("silent.wav", TestSounds.silence(2, 8000));
        write("empty.wav", TestSounds.silence(0, 8000));
        Files.writeString(folder.resolve("broken.flac"), "fLaC and no more");
        Files.writeString(folder.resolve("phone.m4a"), "another format");
        Files.writeString(folder.resolve("notes.txt"), "text");
        Files.writeString(folder.resolve("more.txt"), "text");
        Files.writeString(folder.resolve("LICENSE"), "text");
        Files.writeString(folder.resolve("._good.wav"), "what another system left");
        Corpus<Clip> corpus = Corpus.scan(folder, Corpus.Options.asRecorded());
        assertThat(corpus.summary())
                .isEqualTo(
                        """
                        kept 1 file, 1.00 s at 8000 Hz
                        left out 4 files, 2.00 s
                          broken.flac: has no FLAC stream information; encode it again
                          empty.wav: holds no samples
                          phone.m4a: is text, not a recording; leave it out
                          silent.wav: is silent all through (2.00 s)
                        ignored as no audio: 2 .txt, 1 hidden, 1 unnamed\
                        """);
    }

    @Test
    void namesAPipeThatIsNamedAlone() throws Exception {
        Path pipe = folder.resolve("pipe.wav");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertThat(Corpus.scan(pipe, Corpus.Options.asRecorded()).summary())
                .contains("  pipe.wav: is a pipe or a device");
    }

    /// Two names that become one as text, as those of all foreign letters do in the locale C.
    @Test
    void namesThatTheLocaleCannotReadAreRefused() throws IOException, InterruptedException {
        write("good.wav", TestSounds.sine(440, .5, 1, 8000));
        String copies =
                "for letter in 366 344; do cp good.wav \"$(printf \"Fl\\\\${letter}te.wav\")\";"
                        + " done";
        Process shell = new ProcessBuilder("sh", "-c", copies).directory(folder.toFile()).start();
        assumeTrue(shell.waitFor() == 0, "this file system has names of UTF-8 alone");
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> Corpus.scan(folder, Corpus.Options.asRecorded()))
                .withMessageContaining("Fl\ufffdte.wav: its name is no text")
                .withMessageContaining("set LC_ALL=C.UTF-8");
    }

    @Test
    void quietRecordingsAreKept() throws IOException {
        write("quiet.wav", TestSounds.sine(440, 1e-4, 1, 8000));
        assertThat(names(Corpus.scan(folder, Corpus.Options.asRecorded()).kept()))
                .containsExactly("quiet.wav");
        Clip loud =
                Corpus.scan(folder, Corpus.Options.asRecorded().normalizing())
                        .kept()
                        .getFirst()
                        .audio();
        assertThat(loud.peak()).isEqualTo(1);
    }

    @Test
    void trimsSilenceAndReportsIt() throws IOException {
        Clip second = TestSounds.silence(1, 8000);
        write("a.wav", TestSounds.join(second, TestSounds.sine(440, .01, 1, 8000), second));
        Corpus<Clip> corpus =
                Corpus.scan(
                        folder, Corpus.Options.asRecorded().trimming(SilenceTrimming.below(-40)));
        assertThat(corpus.seconds()).isCloseTo(1.1, within(.01));
        assertThat(corpus.summary()).contains("a.wav: trimmed 1.90 s of silence");
        assertThat(Corpus.scan(folder, Corpus.Options.asRecorded()).seconds()).isEqualTo(3);
    }

    @Test
    void resamplesToTheRateOfMostOfTheSound() throws IOException {
        write("a.wav", TestSounds.sine(440, .5, 1, 8000));
        write("b.wav", TestSounds.sine(440, .5, 1, 16000));
        write("c.wav", TestSounds.sine(440, .5, 1, 16000));
        Corpus<Clip> corpus = Corpus.scan(folder, Corpus.Options.asRecorded());
        assertThat(corpus.kept()).allMatch(file -> file.audio().sampleRate() == 16000);
        assertThat(corpus.summary())
                .contains("  resampled 1 file from 8000 Hz, with nothing above 4000 Hz");
        Corpus<Clip> other = Corpus.scan(folder, Corpus.Options.asRecorded().at(4000));
        assertThat(other.kept()).allMatch(file -> file.audio().samples().length == 4000);
        assertThat(other.summary())
                .contains(
                        """
                          resampled 1 file from 8000 Hz, without what lies above 2000 Hz
                          resampled 2 files from 16000 Hz, without what lies above 2000 Hz\
                        """);
        Files.delete(folder.resolve("c.wav"));
        assertThat(rate(RateRule.SOUND)).as("the higher of two").isEqualTo(16000);
        assertThat(rate(RateRule.FILES)).as("as in runs of before").isEqualTo(8000);
        write("long.wav", TestSounds.sine(440, .5, 10, 8000));
        write("d.wav", TestSounds.sine(440, .5, 1, 16000));
        write("e.wav", TestSounds.sine(440, .5, 1, 16000));
        assertThat(rate(RateRule.SOUND)).as("of three files, but less sound").isEqualTo(8000);
        assertThat(rate(RateRule.FILES)).isEqualTo(16000);
    }

    private int rate(RateRule rule) throws IOException {
        return Corpus.scan(folder, Corpus.Options.asRecorded().by(rule)).sampleRate();
    }

    @Test
    void clippedRecordingsAreNamed() throws IOException {
        float[] clean = TestSounds.sine(30, 1, 2, 44100).samples();
        write("clean.wav", new Clip(clean, 44100));
        float[] loud = TestSounds.sine(440, 1, 2, 44100).samples();
        for (int t = 0; t < loud.length; t++) loud[t] = Math.clamp(loud[t] * 1.25f, -1f, 1f);
        write("loud.wav", new Clip(loud, 44100));
        Corpus<Clip> corpus = Corpus.scan(folder, Corpus.Options.asRecorded());
        assertThat(corpus.kept().getFirst().notes()).isEmpty();
        // Above 0.8 of the amplitude is a sine for 1 - 2 asin(0.8) / pi of the time.
        assertThat(corpus.kept().getLast().notes())
                .singleElement()
                .asString()
                .startsWith("is clipped: 41.0 % of it is cut off at full scale");
    }

    @Test
    void storesTheMappedValue() throws IOException {
        write("a.wav", TestSounds.sine(440, .5, 1, 8000));
        Corpus<Float> corpus = Corpus.scan(folder, Corpus.Options.asRecorded(), Clip::peak);
        assertThat(corpus.kept().getFirst().audio()).isCloseTo(.5f, within(1e-3f));
        assertThat(corpus.kept().getFirst().seconds()).isEqualTo(1);
    }

    @Test
    void decoderWarningsBecomeNotes() throws IOException {
        write("cut.wav", TestSounds.sine(440, .5, 1, 8000));
        Path file = folder.resolve("cut.wav");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        Corpus<Clip> corpus = Corpus.scan(folder, Corpus.Options.asRecorded());
        assertThat(corpus.summary())
                .contains("cut.wav: is truncated: its data chunk declares 16000");
    }

    @Test
    void ignoresCyclicLinks() throws IOException {
        write("sub/a.wav", TestSounds.sine(440, .5, 1, 8000));
        Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
        Files.createSymbolicLink(folder.resolve("gone.wav"), folder.resolve("nowhere.wav"));
        Corpus<Clip> corpus = Corpus.scan(folder, Corpus.Options.asRecorded());
        assertThat(names(corpus.kept())).containsExactly("sub/a.wav");
        assertThat(corpus.leftOut())
                .singleElement()
                .matches(file -> file.reason().contains("nowhere.wav, which is not there"));
    }

    @Test
    void acceptsASingleFile() throws IOException {
        write("a.wav", TestSounds.sine(440, .5, 1, 8000));
        write("b.wav", TestSounds.sine(440, .5, 1, 8000));
        Corpus<Clip> corpus = Corpus.scan(folder.resolve("a.wav"), Corpus.Options.asRecorded());
        assertThat(names(corpus.kept())).containsExactly("a.wav");
    }

    @Test
    void rejectsAMissingFolder() throws IOException {
        Corpus<Clip> corpus = Corpus.scan(folder, Corpus.Options.asRecorded());
        assertThat(corpus.kept()).isEmpty();
        assertThat(corpus.summary()).isEqualTo("kept 0 files, 0.00 s");
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> Corpus.scan(folder.resolve("typo"), Corpus.Options.asRecorded()))
                .withMessageContaining("typo: there is no such folder or file");
    }
}
