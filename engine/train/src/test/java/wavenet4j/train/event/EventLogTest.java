package wavenet4j.train.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.audio.analysis.SoundFault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

final class EventLogTest {
    private static final List<TrainingEvent> ONE_OF_EACH =
            List.of(
                    new TrainingEvent.Progress(
                            10, 7.5, 2e-3, 0.25, 1234.5, 0.125, Double.POSITIVE_INFINITY),
                    new TrainingEvent.DeviceUsed(10, "cpu", "float32"),
                    new TrainingEvent.MicroBatchHalved(10, 8, 4),
                    new TrainingEvent.Progress(20, Double.NaN, 1e-3, 3.5, 2345.5, 0.25, 60.5),
                    new TrainingEvent.Evaluated(20, 90.5, 6.25, true),
                    new TrainingEvent.Previewed(
                            20,
                            List.of("digit=7", "theo"),
                            3,
                            true,
                            List.of(
                                    new TrainingEvent.PreviewTake(
                                            0.9,
                                            "previews/a.wav",
                                            -20.5,
                                            0.25,
                                            0.125,
                                            List.of(SoundFault.ONE_LEVEL)))),
                    new TrainingEvent.Diagnosed(20, Verdict.NOISE, "It is noise.", "Wait."),
                    new TrainingEvent.TemperatureChosen(20, 1.1),
                    new TrainingEvent.Stopped(20),
                    new TrainingEvent.Saved(20),
                    new TrainingEvent.Resumed(20),
                    new TrainingEvent.RolledBack(24, 20, 0.25, "the loss was <b>"));

    @TempDir Path temporary;

    private EventLog log() {
        return EventLog.of(temporary);
    }

    @Test
    void takesOfBeforeTheyWereCheckedHaveNoFaults() throws IOException {
        Files.writeString(
                log().file(),
                """
                {"event":"previewed","step":20,"labels":[],"seconds":3.0,"cutShort":false,"takes":[\
                {"temperature":1.0,"file":"a.wav","decibels":-6.0,"silentShare":0.0,"flatness":0.5}]}
                """);
        assertThat(log().read())
                .containsExactly(
                        new TrainingEvent.Previewed(
                                20,
                                List.of(),
                                3,
                                false,
                                List.of(
                                        new TrainingEvent.PreviewTake(
                                                1, "a.wav", -6, 0, 0.5, List.of()))));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        assertThat(log().read()).isEmpty();
        assertThat(log().force()).isZero();
        for (TrainingEvent event : ONE_OF_EACH) log().append(event);
        assertThat(log().read()).isEqualTo(ONE_OF_EACH);
        assertThat(log().force()).isEqualTo(Files.size(log().file()));
    }

    /// Runs keep their logs: what a line was named once it is named for good.
    @Test
    void linesOfEarlierRunsAreRead() throws IOException {
        Files.writeString(
                log().file(),
                """
                {"event":"progress","step":10,"bits":7.5,"rate":0.002,"norm":0.25,"samplesPerSecond":1234.5,"progress":0.125,"secondsLeft":60.5}
                {"event":"validated","step":10,"seconds":90.5,"bits":6.25,"best":true}
                {"event":"judged","step":10,"verdict":"NOISE","sentence":"It is noise.","remedy":"Wait."}
                {"event":"saved","step":10}
                {"event":"steppedback","from":14,"to":10,"rateScale":0.5,"reason":"the loss rose"}
                {"event":"partshalved","step":10,"windows":8,"fewer":4}
                """);
        assertThat(log().read())
                .containsExactly(
                        new TrainingEvent.Progress(10, 7.5, 2e-3, 0.25, 1234.5, 0.125, 60.5),
                        new TrainingEvent.Evaluated(10, 90.5, 6.25, true),
                        new TrainingEvent.Diagnosed(10, Verdict.NOISE, "It is noise.", "Wait."),
                        new TrainingEvent.Saved(10),
                        new TrainingEvent.RolledBack(14, 10, 0.5, "the loss rose"),
                        new TrainingEvent.MicroBatchHalved(10, 8, 4));
    }

    @Test
    void aLineThatCannotBeReadIsPassedOver() throws IOException {
        log().append(ONE_OF_EACH.getFirst());
        String whole = Files.readString(log().file()).strip();
        Files.writeString(
                log().file(),
                String.join(
                        "\n",
                        "",
                        "null",
                        "[1, 2]",
                        "{\"event\":\"progress\"}",
                        whole.replace("\"step\":10", "\"step\":\"many\""),
                        whole.replace("\"step\":10", "\"step\":1e300"),
                        whole.replace("\"step\":10", "\"step\":-10"),
                        whole.replace("\"step\":10", "\"step\":9223372036854775807"),
                        whole.replace("progress\"", "a later version's\""),
                        whole.replace("\"bits\":7.5", "\"bits\":null"),
                        whole.replace("\"step\":10", "\"step\":30,\"a later version's\":1"),
                        whole.substring(0, 30) + whole,
                        whole.replace("\"step\":10", "\"step\":40"),
                        whole.substring(0, 30)));
        assertThat(log().read()).extracting(TrainingEvent::step).containsExactly(30L, 40L);
    }

    @Test
    void isCutAtTheEndOfALine() throws IOException {
        for (TrainingEvent event : ONE_OF_EACH) log().append(event);
        List<String> lines = Files.readAllLines(log().file());
        int two = lines.get(0).length() + lines.get(1).length() + 2;
        log().cut(two + 1);
        assertThat(Files.readAllLines(log().file())).isEqualTo(lines.subList(0, 2));
        log().cut(two - 1);
        assertThat(Files.readAllLines(log().file())).isEqualTo(lines.subList(0, 1));
        log().cut(Long.MAX_VALUE);
        assertThat(Files.readAllLines(log().file())).isEqualTo(lines.subList(0, 1));
    }

    @Test
    void damageNeverEndsTheReading() throws IOException {
        for (int n = 0; n < 20; n++) for (TrainingEvent event : ONE_OF_EACH) log().append(event);
        byte[] bytes = Files.readAllBytes(log().file());
        int read = 0;
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            byte[] damaged = bytes.clone();
            for (int i = 0; i < 20; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(log().file(), damaged);
            List<TrainingEvent> events = log().read();
            read += events.size();
        }
        int written = 200 * 20 * ONE_OF_EACH.size();
        assertThat(read).as("events read of %d", written).isBetween(written / 2, written);
    }
}
