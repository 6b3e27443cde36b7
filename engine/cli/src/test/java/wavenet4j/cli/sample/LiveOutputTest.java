package wavenet4j.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.Clip;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.audio.out.Speaker;
import wavenet4j.audio.testing.FakeLine;
import wavenet4j.cli.Main;
import wavenet4j.cli.console.CommandLines;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Takes that are heard, or read from a pipe, while they are made.
final class LiveOutputTest extends SampleCommandFixture {
    @Test
    void standardOutputStreamsTheSameSamplesAsTheFile() throws IOException {
        sample(model, "--seconds=0.5", "--seed=3", "--out=" + wav("file"));
        Outcome streamed = sample(model, "--seconds=0.5", "--seed=3", "--out=-");
        assertThat(streamed.status()).isZero();
        assertThat(pcm(streamed.out())).isEqualTo(pcm(wav("file")));
        assertThat(Arrays.copyOf(streamed.out(), 4))
                .isEqualTo("RIFF".getBytes(StandardCharsets.US_ASCII));
        assertThat(streamed.err()).contains("samples/s").doesNotContain("wrote");
    }

    @Test
    void aClosedPipeEndsQuietly() {
        var pipe =
                new OutputStream() {
                    private int taken;

                    @Override
                    public void write(int b) throws IOException {
                        if (++taken > 2000) throw new IOException("Broken pipe");
                    }
                };
        var err = new ByteArrayOutputStream();
        var printed = new PrintStream(err, true, StandardCharsets.UTF_8);
        var console =
                new Console(pipe, printed, 0, Speaker::open, CommandLines.plain("wavenet-sample"));
        String[] args = {
            "wavenet-sample", model.toString(), "--backend=reference", "--seconds=100", "--out=-"
        };
        assertThat(Main.run(console, args)).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .doesNotContain("Broken pipe", "wavenet-sample:", "warning");
    }

    @Test
    void playingSoundsLikeTheFileThatIsStillWritten() throws IOException {
        var line = new FakeLine();
        Outcome outcome = play(line, "--seconds=0.7", "--seed=3", "--out=" + wav("played"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        sample(model, "--seconds=0.7", "--seed=3", "--out=" + wav("quiet"));
        byte[] file = Files.readAllBytes(wav("played"));
        assertThat(file).isEqualTo(Files.readAllBytes(wav("quiet")));
        assertThat(line.sound()).isEqualTo(pcm(wav("played")));
        assertThat(line.calls()).containsExactly("open", "start", "drain", "close");
        assertThat(outcome.err()).doesNotContain("paused");
    }

    @Test
    void aTakeMayBePlayedAlone() throws IOException {
        var line = new FakeLine();
        Outcome outcome = play(line, "--seconds=0.5", "--out=none");
        assertThat(outcome.err()).contains("played").doesNotContain("wrote");
        assertThat(outcome.out()).isEmpty();
        assertThat(line.sound()).hasSize(TinyModels.RATE);
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> !file.toString().endsWith(".safetensors"))).isEmpty();
        }
        assertThat(sample(model, "--out=none").err()).contains("only with --play");
    }

    @Test
    void aLoopSlowerThanRealTimeIsTold() {
        var dry = new FakeLine();
        dry.playAtOnceWhenStarted();
        Outcome outcome = play(dry, "--seconds=2", "--out=" + wav("slow"));
        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).contains("slower than real time", "paused 14 times");
    }

    @Test
    void anInterruptionIsSilenceAtOnceAndAValidFile() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                PlayingProgram.class.getName(),
                                "wavenet-sample",
                                model.toString(),
                                "--backend=reference",
                                "--play",
                                "--seconds=100000",
                                "--out=" + wav("interrupted"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var calls = process.inputReader()) {
            assertThat(calls.readLine()).isEqualTo("open");
            assertThat(calls.readLine()).isEqualTo("start");
            process.toHandle().destroy(); // what Ctrl-C does; the output stays open
            assertThat(calls.readLine()).isEqualTo("stop");
            assertThat(calls.readLine()).isEqualTo("flush");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Clip clip = AudioReader.read(wav("interrupted"));
        assertThat(clip.samples().length).isGreaterThanOrEqualTo(TinyModels.RATE / 2);
        assertThat(pcm(wav("interrupted"))).hasSize(2 * clip.samples().length);
    }

    @Test
    void aMachineWithoutSoundIsToldTheRemedy() {
        Outcome outcome = sample(model, "--play", "--out=" + wav("silent"));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .last()
                .asString()
                .contains("tests make no sound; leave out --play", "--out - | aplay");
        assertThat(wav("silent")).doesNotExist();
    }

    private Outcome play(FakeLine line, String... options) {
        var args = new ArrayList<>(List.of("wavenet-sample", model.toString(), "--play"));
        args.add("--backend=reference");
        args.addAll(List.of(options));
        return Outcome.of(PlayingProgram.soundOn(line), args.toArray(String[]::new));
    }
}
