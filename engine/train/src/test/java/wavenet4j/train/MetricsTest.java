package wavenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

final class MetricsTest {
    @TempDir Path temporary;

    private Metrics read(String... lines) throws IOException {
        return Metrics.read(
                Files.writeString(temporary.resolve("metrics.jsonl"), String.join("\n", lines)));
    }

    private static String progress(long step, double bits) {
        return "{\"event\":\"progress\",\"step\":%d,\"bits\":%s}".formatted(step, bits);
    }

    private static String look(long step, double seconds, double bits) {
        return "{\"event\":\"validated\",\"step\":%d,\"seconds\":%s,\"bits\":%s}"
                .formatted(step, seconds, bits);
    }

    private static String setback(long from, long to) {
        return "{\"event\":\"steppedback\",\"from\":%d,\"to\":%d,\"rateScale\":0.5,\"reason\":\"made up\"}"
                .formatted(from, to);
    }

    /// What a run folder writes of each event is read back.
    @Test
    void readsWhatARunFolderWrites() throws IOException {
        TrainConfig config = Tiny.config();
        Path folder = temporary.resolve("run");
        var run = RunFolder.create(folder, config, temporary, Tiny.periodic(config, 4, 100));
        double none = Double.NaN;
        double endless = Double.POSITIVE_INFINITY;
        run.record(new TrainingEvent.Progress(10, 7.5, 2e-3, 0.25, 1234.5, 0.125, endless));
        run.record(new TrainingEvent.PartsHalved(10, 8, 4));
        run.record(new TrainingEvent.Progress(20, none, 1e-3, 3.5, 2345.5, 0.25, 60.5));
        run.record(new TrainingEvent.Validated(20, 90.5, 6.25, true));
        run.record(new TrainingEvent.Saved(20));
        run.record(new TrainingEvent.SteppedBack(24, 20, 0.25, "the loss was <b>"));

        var metrics = Metrics.read(folder.resolve("metrics.jsonl"));
        var ten = new Metrics.Moment(10, 10);
        var twenty = new Metrics.Moment(20, 20);
        assertThat(metrics.progress())
                .containsExactly(
                        new Metrics.Progress(ten, 7.5, 2e-3, 0.25, 1234.5, 0.125, endless),
                        new Metrics.Progress(twenty, none, 1e-3, 3.5, 2345.5, 0.25, 60.5));
        assertThat(metrics.looks()).containsExactly(new Metrics.Look(twenty, 6.25));
        assertThat(metrics.minutes(twenty)).isEqualTo(90.5 / 60);
        assertThat(metrics.marks())
                .containsExactly(
                        new Metrics.Mark(
                                ten,
                                "The memory did not suffice for 8 windows at once; training goes on"
                                        + " with 4 at a time."),
                        new Metrics.Mark(
                                new Metrics.Moment(24, 24),
                                "Setback: the loss was <b>; training went back to step 20 and goes"
                                        + " on with 25 % of the learning rate."));
        assertThat(metrics.latest()).isEqualTo(new Metrics.Moment(20, 24));
    }

    @Test
    void readsTakesAndTheLatestJudgement() throws IOException {
        Metrics metrics =
                read(
                        """
                        {"event":"judged","step":5,"verdict":"UNDERTRAINED","sentence":"Too early.","remedy":"Wait."}
                        {"event":"previewed","step":9,"labels":["digit=7","theo"],"takes":[{"temperature":0.9,"file":"previews/a.wav","decibels":-20.5,"silentShare":0.25,"flatness":0.125},{}]}
                        {"event":"judged","step":9,"verdict":"LEARNING","sentence":"Better."}
                        {"event":"judged","step":11,"verdict":"LEARNING","sentence":"Much better."}
                        """);
        assertThat(metrics.judgement())
                .isEqualTo(new Metrics.Judgement("learning", "Much better.", ""));
        assertThat(metrics.marks())
                .extracting(Metrics.Mark::text)
                .containsExactly("Judged undertrained: Too early.", "Judged learning: Better.");
        double none = Double.NaN;
        assertThat(metrics.previews())
                .containsExactly(
                        new Metrics.Preview(
                                new Metrics.Moment(9, 9),
                                List.of("digit=7", "theo"),
                                List.of(
                                        new Metrics.Take(0.9, "previews/a.wav", -20.5, .25, .125),
                                        new Metrics.Take(none, "", none, none, none))));
    }

    @Test
    void whatASetbackUndidGivesWayButTheBestStays() throws IOException {
        Metrics metrics =
                read(
                        progress(10, 8),
                        look(10, 10, 7),
                        progress(20, 6),
                        look(20, 20, 5),
                        progress(30, 9),
                        setback(35, 10),
                        progress(20, 6.5),
                        look(20, 45, 6));
        assertThat(metrics.progress())
                .extracting(p -> p.at().step(), Metrics.Progress::bits)
                .containsExactly(tuple(10L, 8.0), tuple(20L, 6.5));
        assertThat(metrics.looks()).extracting(Metrics.Look::bits).containsExactly(7.0, 6.0);
        assertThat(metrics.best()).isEqualTo(new Metrics.Look(new Metrics.Moment(20, 20), 5));
        assertThat(metrics.latest()).isEqualTo(new Metrics.Moment(20, 45));
    }

    @Test
    void timePassesEvenlyBetweenLooks() throws IOException {
        Metrics metrics = read(look(10, 60, 7), setback(20, 10), look(20, 240, 6));
        assertThat(metrics.minutes(new Metrics.Moment(5, 5))).isCloseTo(0.5, within(1e-9));
        assertThat(metrics.minutes(new Metrics.Moment(20, 20))).isCloseTo(2.5, within(1e-9));
        assertThat(metrics.minutes(new Metrics.Moment(20, 30))).isCloseTo(4, within(1e-9));
        assertThat(metrics.minutes(new Metrics.Moment(30, 40))).isCloseTo(5.5, within(1e-9));
        assertThat(read(progress(10, 1)).minutes(new Metrics.Moment(10, 10))).isNaN();
    }

    @Test
    void aLineThatCannotBeReadIsPassedOver() throws IOException {
        Metrics metrics =
                read(
                        progress(10, 8),
                        "",
                        "null",
                        "[1, 2]",
                        "{\"event\":\"progress\"}",
                        "{\"event\":\"progress\",\"step\":\"many\"}",
                        "{\"event\":\"progress\",\"step\":1e300}",
                        "{\"event\":\"progress\",\"step\":-10}",
                        "{\"event\":\"progress\",\"step\":9223372036854775807}",
                        "{\"event\":\"validated\",\"step\":10,\"bits\":\"NaN\"}",
                        "{\"event\":\"a later version's\",\"step\":10}",
                        "{\"event\":\"progress\",\"st" + progress(15, 7),
                        progress(20, 6),
                        "{\"event\":\"progress\",\"step\":30,\"bi");
        assertThat(metrics.progress()).extracting(p -> p.at().step()).containsExactly(10L, 20L);
        assertThat(metrics.best()).isNull();
        Metrics nothing = Metrics.read(temporary.resolve("none.jsonl"));
        assertThat(nothing.progress()).isEmpty();
        assertThat(nothing.judgement()).isNull();
        assertThat(nothing.best()).isNull();
    }

    @Test
    void damageNeverEndsTheReading() throws IOException {
        String whole = String.join("\n", progress(10, 8), look(10, 9, 7), setback(15, 10));
        byte[] bytes = whole.repeat(20).getBytes(StandardCharsets.UTF_8);
        Path file = temporary.resolve("metrics.jsonl");
        int read = 0;
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            byte[] damaged = bytes.clone();
            for (int i = 0; i < 20; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            var metrics = Metrics.read(file);
            Curves.of(metrics, new Output.Categorical(256));
            read += metrics.marks().size();
        }
        assertThat(read).as("setbacks read of %d", 200 * 20).isBetween(1000, 4000);
    }
}
