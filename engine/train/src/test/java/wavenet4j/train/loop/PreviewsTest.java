package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.ModelSpec;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.distribution.MuLaw;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.facts.Excerpt;
import wavenet4j.train.facts.RecordingFacts;
import wavenet4j.train.run.PreviewFiles;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

final class PreviewsTest {
    @TempDir Path run;

    private static TrainConfig config(String... settings) {
        var all = new ArrayList<>(List.of("training.previews={every: 20, seconds: 0.1}"));
        all.addAll(List.of(settings));
        return TinyRun.config(all.toArray(String[]::new));
    }

    private final TrainConfig config = config();
    private final Dataset data = TinyRun.periodic(config, 4, 2000);

    private Previews previews(TrainConfig config, Dataset data) {
        return new Previews(
                config.training(),
                data,
                real(data),
                RecordingFacts.of(data, config),
                new PreviewFiles(run),
                () -> 2);
    }

    private static Excerpt real(Dataset data) {
        return Excerpt.loudest(data.heldOut(), data.spec(), 0.1);
    }

    private TrainingState state(long step, long seed) {
        TrainingState fresh = TrainingState.initial(data.spec(), seed);
        return new TrainingState(
                step,
                0,
                1,
                new EarlyStopping(8, step, 0),
                Long.MAX_VALUE,
                Kernels.AUTO,
                fresh.weights(),
                fresh.averaged(),
                fresh.moment1(),
                fresh.moment2());
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(run.resolve("previews"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void eachTemperatureIsAFileBesideTheExcerpt() throws IOException {
        Previewed made = previews(config, data).generate(state(20, 1), () -> false).orElseThrow();
        assertThat(files())
                .containsExactly(
                        "real.png",
                        "real.wav",
                        "step-000000020-t0.90.png",
                        "step-000000020-t0.90.wav",
                        "step-000000020-t1.00.png",
                        "step-000000020-t1.00.wav",
                        "step-000000020-t1.10.png",
                        "step-000000020-t1.10.wav");
        assertThat(made.step()).isEqualTo(20);
        assertThat(made.seconds()).isEqualTo(0.1);
        assertThat(made.cutShort()).isFalse();
        assertThat(made.labels()).isEmpty();
        assertThat(made.takes())
                .extracting(PreviewTake::temperature)
                .containsExactly(0.9, 1.0, 1.1);
        for (PreviewTake take : made.takes()) {
            Path wav = run.resolve(take.file());
            var clip = AudioReader.read(wav);
            assertThat(clip.sampleRate()).isEqualTo(8000);
            assertThat(clip.samples()).hasSize(800);
            double power = 0;
            for (float a : clip.samples()) power += a * a / 800;
            assertThat(take.decibels()).isCloseTo(10 * Math.log10(power), within(0.1));
            var picture = ImageIO.read(PreviewFiles.pictureOf(wav).toFile());
            assertThat(picture.getWidth()).isEqualTo(PreviewFiles.PICTURE_WIDTH);
            assertThat(picture.getHeight()).isEqualTo(PreviewFiles.PICTURE_HEIGHT);
        }
        assertThat(AudioReader.read(run.resolve("previews/real.wav")).samples()).hasSize(800);
    }

    /// Only the network makes a difference from one preview to the next.
    @Test
    void theSameWeightsGiveTheSameTakes() throws IOException {
        Previewed first = previews(config, data).generate(state(20, 1), () -> false).orElseThrow();
        Previewed same = previews(config, data).generate(state(40, 1), () -> false).orElseThrow();
        Previewed other = previews(config, data).generate(state(60, 2), () -> false).orElseThrow();
        for (int n = 0; n < 3; n++) {
            float[] take = sound(first, n);
            assertThat(sound(same, n)).isEqualTo(take);
            assertThat(sound(other, n)).isNotEqualTo(take);
        }
    }

    /// The files differ: each tells its step.
    private float[] sound(Previewed previewed, int take) throws IOException {
        return AudioReader.read(run.resolve(previewed.takes().get(take).file())).samples();
    }

    @Test
    void theNewestFewAreKept() throws IOException {
        var previews = previews(config("training.previews.temperatures=[1]"), data);
        for (long step = 20; step <= 140; step += 20)
            previews.generate(state(step, 1), () -> false);
        assertThat(files())
                .containsExactly(
                        "real.png",
                        "real.wav",
                        "step-000000060-t1.00.png",
                        "step-000000060-t1.00.wav",
                        "step-000000080-t1.00.png",
                        "step-000000080-t1.00.wav",
                        "step-000000100-t1.00.png",
                        "step-000000100-t1.00.wav",
                        "step-000000120-t1.00.png",
                        "step-000000120-t1.00.wav",
                        "step-000000140-t1.00.png",
                        "step-000000140-t1.00.wav");

        // As after a rollback.
        previews.generate(state(100, 1), () -> false);
        assertThat(files())
                .hasSize(8)
                .contains("step-000000060-t1.00.wav", "step-000000100-t1.00.wav")
                .doesNotContain("step-000000120-t1.00.wav");

        new PreviewFiles(run).dropAfter(80);
        assertThat(files())
                .hasSize(6)
                .contains("step-000000080-t1.00.wav")
                .doesNotContain("step-000000100-t1.00.wav");
    }

    @Test
    void theLabelsAreThoseOfMostTrainingRecordings() throws IOException {
        ModelSpec spec = TinyRun.spec(16, 2, List.of(1, 2), "a", "b", "c");
        int[] levels = TinyRun.noise(500, 16, 1);
        var training =
                List.of(
                        TinyRun.recording("1.wav", levels, Set.of("a", "b")),
                        TinyRun.recording("2.wav", levels, Set.of("a", "c")),
                        TinyRun.recording("3.wav", levels, Set.of("c", "a")),
                        TinyRun.recording("4.wav", levels, Set.of("a")));
        var heldOut = List.of(TinyRun.recording("5.wav", levels, Set.of("b")));
        var labelled = new Dataset(spec, training, heldOut, "");
        var state = TrainingState.initial(spec, 1);
        Previewed made = previews(config, labelled).generate(state, () -> false).orElseThrow();
        assertThat(made.labels()).containsExactly("a", "c");
        byte[] take = Files.readAllBytes(run.resolve(made.takes().getLast().file()));

        var others = new Dataset(spec, training.subList(0, 1), heldOut, "");
        Previewed otherwise = previews(config, others).generate(state, () -> false).orElseThrow();
        assertThat(otherwise.labels()).containsExactly("a", "b");
        assertThat(Files.readAllBytes(run.resolve(otherwise.takes().getLast().file())))
                .isNotEqualTo(take);
    }

    @Test
    void aTakeThatIsSlowIsCutShort() throws IOException {
        var previews =
                new Previews(
                        config.training(),
                        data,
                        real(data),
                        RecordingFacts.of(data, config),
                        new PreviewFiles(run),
                        () -> 2,
                        0);
        Previewed made = previews.generate(state(20, 1), () -> false).orElseThrow();
        assertThat(made.cutShort()).isTrue();
        assertThat(made.seconds()).isEqualTo(256 / 8000.0);
        assertThat(AudioReader.read(run.resolve(made.takes().getFirst().file())).samples())
                .hasSize(256);
    }

    @Test
    void whenAStopIsRequestedNothingIsWritten() throws IOException {
        var checks = new AtomicInteger();
        // A minute of each take would be nearly two thousand calls.
        var previews = previews(config("training.previews.seconds=60"), data);
        assertThat(previews.generate(state(20, 1), () -> checks.incrementAndGet() > 3)).isEmpty();
        assertThat(checks).hasValueLessThan(10);
        assertThat(run.resolve("previews")).doesNotExist();
    }

    @Test
    void theyAreDueNowAndThenAndAtTheEnd() {
        var clock = new TrainingClock(100);
        var previews = previews(config, data);
        assertThat(previews.isDue(20, false, clock)).isTrue();
        assertThat(previews.isDue(30, false, clock)).isFalse();
        assertThat(previews.isDue(33, true, clock)).isTrue();
        clock.leaveOut(8);
        assertThat(previews.isDue(40, false, clock)).isTrue();
        clock.leaveOut(8);
        assertThat(previews.isDue(60, false, clock)).as("16 s of 84").isFalse();
        assertThat(previews.isDue(60, true, clock)).isTrue();

        var none = previews(config("training.previews.every=0"), data);
        assertThat(none.isDue(20, false, new TrainingClock(100))).isFalse();
        assertThat(none.isDue(20, true, new TrainingClock(100))).isFalse();
    }

    @Test
    void theClockLeavesOutWhatWasNoTraining() throws IOException {
        var clock = new TrainingClock(5);
        clock.leaveOut(3);
        clock.leaveOut(1);
        assertThat(clock.seconds()).isBetween(1.0, 3.0);
        assertThat(clock.leftOut()).isEqualTo(4);
        clock.leaveOut(() -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 20_000_000) Thread.onSpinWait();
        });
        assertThat(clock.leftOut()).isGreaterThan(4.01);
    }

    @Test
    void theExcerptIsTheLoudestStretch() {
        ModelSpec spec = data.spec();
        var quiet = new int[3000];
        Arrays.fill(quiet, 8);
        int[] loud = quiet.clone();
        for (int t = 1200; t < 2000; t++) loud[t] = t % 2 == 0 ? 15 : 0;
        for (int t = 0; t < 700; t++) quiet[t] = 15;
        var recordings =
                List.of(
                        TinyRun.recording("quiet.wav", quiet, Set.of()),
                        TinyRun.recording("loud.wav", loud, Set.of()));
        Excerpt excerpt = Excerpt.loudest(recordings, spec, 0.1);
        assertThat(excerpt.recording()).isEqualTo("loud.wav");
        var mulaw = new MuLaw(16);
        float[] wanted = new float[800];
        IntStream.range(0, 800).forEach(i -> wanted[i] = mulaw.decode(loud[1200 + i]));
        assertThat(excerpt.clip().samples()).isEqualTo(wanted);

        assertThat(Excerpt.loudest(recordings, spec, 60).clip().samples()).hasSize(3000);
    }
}
