package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.levels.Levels;
import wavenet4j.train.levels.Span;
import wavenet4j.train.testing.TinyRun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

final class SplitTest {
    private static final int RATE = 1000;
    private static final int FIELD = 15;

    /// A recording whose levels are its own, of so many seconds.
    private static EncodedRecording recording(int number, double seconds, String... labels) {
        var levels = new char[(int) (seconds * RATE)];
        Arrays.fill(levels, (char) (number % 16));
        return new EncodedRecording(
                "%03d.wav".formatted(number), Levels.of(levels), Set.of(labels));
    }

    private static Split split(List<EncodedRecording> all, String... settings) {
        TrainConfig config = TinyRun.config(settings);
        ModelSpec spec = config.network().spec(RATE, List.of());
        assertThat(spec.receptiveField()).isEqualTo(FIELD);
        return Split.byParts(all, config, spec);
    }

    private static List<String> names(List<EncodedRecording> recordings) {
        return recordings.stream().map(EncodedRecording::name).toList();
    }

    private static double seconds(List<EncodedRecording> recordings) {
        return recordings.stream().mapToInt(r -> r.levels().length()).sum() / (double) RATE;
    }

    /// Recordings, their length, how much is held out and in how many parts: a tenth, but no more
    /// than a minute.
    @ParameterizedTest
    @CsvSource({
        "1, 30, 3, 1",
        "1, 3600, 60, 1",
        "2, 10800, 60, 2",
        "5, 60, 30, 5",
        "100, 180, 60, 16",
        "77, 1.5, 10.5, 7",
    })
    void noMoreIsHeldOutThanATenthAndWhatEvaluationNeeds(
            int count, double length, double heldOut, int parts) {
        var all = new ArrayList<EncodedRecording>();
        for (int i = 0; i < count; i++) all.add(recording(i, length + i / (double) RATE));
        Split split = split(all);
        assertThat(seconds(split.heldOut())).isBetween(heldOut - 0.2, heldOut + 0.2);
        assertThat(split.heldOut()).hasSize(parts);
        assertApart(split, all);
        assertThat(names(split(all).heldOut())).isEqualTo(names(split.heldOut()));
    }

    /// Silence at the end is held out of both: a network that has learned nothing predicts it.
    @Test
    void silenceAtTheEndIsNoMeasure() {
        var levels = new char[30 * RATE];
        Arrays.fill(levels, (char) 3);
        Arrays.fill(levels, 25 * RATE, levels.length, (char) 8);
        var recording = new EncodedRecording("a.wav", Levels.of(levels), Set.of());
        assertThat(names(split(List.of(recording)).heldOut())).containsExactly("a.wav@22000-25000");
        // A pause shorter than the gap of a second is not.
        Arrays.fill(levels, (char) 3);
        Arrays.fill(levels, levels.length - RATE / 2, levels.length, (char) 8);
        var brief = new EncodedRecording("a.wav", Levels.of(levels), Set.of());
        assertThat(names(split(List.of(brief)).heldOut())).containsExactly("a.wav@27000-30000");
    }

    @Test
    void evaluationOnManyWindowsHoldsOutMore() {
        var all = List.of(recording(1, 3600), recording(2, 3600));
        Split split = split(all, "training.window=1000", "training.validationWindows=100");
        assertThat(seconds(split.heldOut())).isBetween(101.0, 101.6);
    }

    /// No held-out sample is learned, nor is what lies within a second or a receptive field of one.
    private static void assertApart(Split split, List<EncodedRecording> all) {
        for (EncodedRecording held : split.heldOut()) {
            List<EncodedRecording> same =
                    split.training().stream().filter(r -> r.file().equals(held.file())).toList();
            int whole =
                    all.stream()
                            .filter(r -> r.file().equals(held.file()))
                            .findFirst()
                            .orElseThrow()
                            .levels()
                            .length();
            if (held.span().isWhole()) {
                assertThat(same).isEmpty();
            } else {
                assertThat(held.span().to()).isEqualTo(whole);
                assertThat(same).hasSize(1);
                assertThat(same.getFirst().span().from()).isZero();
                assertThat(held.span().from() - same.getFirst().span().to()).isEqualTo(RATE);
                assertThat(held.levels().length()).isGreaterThan(FIELD);
            }
        }
    }

    @Test
    void aLabelOfOneShortRecordingIsLearned() {
        var all = new ArrayList<EncodedRecording>();
        for (int i = 0; i < 40; i++) {
            all.add(recording(i, 1 + i / (double) RATE, i == 7 ? "rare" : "common"));
        }
        for (int seed = 0; seed < 20; seed++) {
            Split split = split(all, "training.seed=" + seed);
            assertThat(split.heldOut())
                    .hasSizeBetween(3, 4)
                    .noneMatch(r -> r.labels().contains("rare"));
        }
    }

    @Test
    void equalSoundsAreOnOneSide() {
        var all = new ArrayList<EncodedRecording>();
        for (int i = 0; i < 20; i++) {
            Levels levels = recording(i, 10 + i).levels();
            all.add(new EncodedRecording(i + "a.wav", levels, Set.of("a")));
            all.add(new EncodedRecording(i + "b.wav", levels, Set.of("b")));
        }
        Split split = split(all);
        assertThat(split.heldOut()).hasSizeGreaterThan(10);
        for (EncodedRecording held : split.heldOut()) {
            String other =
                    held.name().contains("a.wav")
                            ? held.name().replace("a.wav", "b.wav")
                            : held.name().replace("b.wav", "a.wav");
            assertThat(split.heldOut()).anyMatch(r -> r.name().equals(other));
        }
    }

    @Test
    void theLeadInIsNotCounted() {
        var all = List.of(recording(1, 100));
        Split plain = split(all);
        assertThat(plain.heldOut().getFirst().name()).isEqualTo("001.wav@90000-100000");
        Split ledInto = split(all, "data.leadIn=true");
        assertThat(ledInto.heldOut().getFirst().name()).isEqualTo("001.wav@89985-99985");
        assertThat(ledInto.training().getFirst().name()).isEqualTo("001.wav@0-88985");
        assertThat(ledInto.training().getFirst().levels().length()).isEqualTo(89_000);
    }

    @Test
    void namesOfPartsAreReadAgain() {
        assertThat(Span.of("a/b@c.wav@12-345"))
                .isEqualTo(new Span.Named("a/b@c.wav", new Span(12, 345)));
        assertThat(Span.of("a.wav")).isEqualTo(new Span.Named("a.wav", Span.WHOLE));
        for (String odd : new String[] {"a@1-2x", "a@2-2", "a@3-2", "a@1-9999999999", "@1-2"}) {
            assertThat(Span.of(odd)).isEqualTo(new Span.Named(odd, Span.WHOLE));
        }
    }
}
