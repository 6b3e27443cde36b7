package wavenet4j.notes.compose.leadsheets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.compose.Composition;
import wavenet4j.notes.compose.Composition.Composed;
import wavenet4j.notes.compose.Composition.Infeasible;
import wavenet4j.notes.compose.Composition.Take;
import wavenet4j.notes.compose.Constraint;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.Request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class LeadSheetComposerTest {
    private static final Fraction QUARTER = Fraction.of(1, 1);

    // Of eight bars each; a number is a key and lasts a quarter, 0 is a rest.
    private static final List<int[]> MAJOR = walks(12, 60, 62, 64, 65, 67, 69, 71, 72);
    private static final List<int[]> MINOR = walks(3, 69, 71, 72, 74, 76, 77, 79, 80);

    private static final LeadSheetComposer COMPOSER = new LeadSheetComposer(pieces());

    private static List<LeadSheetComposer.Piece> pieces() {
        var pieces = new ArrayList<LeadSheetComposer.Piece>();
        for (int[] keys : MAJOR) pieces.add(piece(keys, false));
        for (int[] keys : MINOR) pieces.add(piece(keys, true));
        return pieces;
    }

    /// Tunes that go up and down a scale in steps and thirds.
    private static List<int[]> walks(int count, int... scale) {
        var random = new SplittableRandom(count);
        var tunes = new ArrayList<int[]>();
        for (int n = 0; n < count; n++) {
            int[] keys = new int[32];
            int place = 0;
            for (int i = 0; i < keys.length; i++) {
                keys[i] = i % 16 == 15 ? 0 : scale[place];
                place = Math.clamp(place + random.nextInt(-2, 3), 0, scale.length - 1);
            }
            tunes.add(keys);
        }
        return tunes;
    }

    private static LeadSheetComposer.Piece piece(int[] keys, boolean minor) {
        var notes = new ArrayList<Note>();
        var chords = new ArrayList<ChordSymbol>();
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] > 0) notes.add(note(Fraction.of(i, 1), QUARTER, keys[i]));
            if (i % 4 == 0) chords.add(chord(i, List.of(0, 5, 7, 0).get(i / 4 % 4)));
        }
        Score score = score(notes, chords, 32);
        var key = new KeySignature(Fraction.ZERO, 0, minor);
        return new LeadSheetComposer.Piece("piece", score, notes, key);
    }

    private static Note note(Fraction onset, Fraction length, int key) {
        return new Note(onset, length, key, PitchName.of(key, 0), 80, 1);
    }

    private static ChordSymbol chord(long quarter, int root) {
        return new ChordSymbol(
                Fraction.of(quarter, 1),
                Optional.of(new ChordSymbol.Chord(PitchName.of(root, 0), ChordKind.MAJOR)));
    }

    private static Score score(List<Note> notes, List<ChordSymbol> chords, int quarters) {
        return new Score(
                new Score.Credits("Mine", "Me", ""),
                new Timeline(List.of(), List.of(), List.of()),
                chords,
                List.of(new Part("Melody", 0, notes)),
                List.of(),
                Fraction.of(quarters, 1));
    }

    private static Form form(int bars, int beats, boolean minor) {
        return new Form(
                Fraction.ZERO,
                bars,
                new Meter(Fraction.ZERO, beats, 4),
                new KeySignature(Fraction.ZERO, 0, minor),
                Tempo.of(Fraction.ZERO, 120));
    }

    private static Request request(Constraint... constraints) {
        return new Request(form(4, 4, false), Optional.empty(), List.of(constraints), 2);
    }

    private static List<Take> takes(Request request) {
        Composition composition = COMPOSER.compose(request);
        if (!(composition instanceof Composed composed)) throw new AssertionError(composition);
        return IntStream.range(0, 30).mapToObj(composed::take).toList();
    }

    private static List<Note> melody(Take take) {
        return take.score().parts().getFirst().notes();
    }

    @Test
    void keepsTheRange() {
        assertThat(takes(request(new Constraint.Range(60, 65))))
                .allSatisfy(take ->
                        assertThat(melody(take))
                                .isNotEmpty()
                                .allMatch(n -> n.key() >= 60 && n.key() <= 65));
    }

    @Test
    void endsOnThePitchClass() {
        assertThat(takes(request(new Constraint.Ends(2))))
                .allSatisfy(take -> {
                    Note last = melody(take).getLast();
                    assertThat(last.key() % 12).isEqualTo(2);
                    assertThat(last.end()).isEqualTo(Fraction.of(16, 1));
                });
    }

    @Test
    void hasTheFixedNote() {
        assertThat(takes(request(new Constraint.Fixed(Fraction.of(9, 1), 64))))
                .allSatisfy(take ->
                        assertThat(melody(take))
                                .anyMatch(
                                        n -> n.onset().equals(Fraction.of(9, 1)) && n.key() == 64));
    }

    @Test
    void takesOnlyTheAllowedPitchClassesInTheirSpan() {
        var allowed = new Constraint.Allowed(Fraction.of(4, 1), Fraction.of(8, 1), Set.of(0, 4, 7));
        assertThat(takes(request(allowed)))
                .allSatisfy(take ->
                        assertThat(melody(take))
                                .filteredOn(n -> n.onset().floor() >= 4 && n.onset().floor() < 8)
                                .allMatch(n -> Set.of(0, 4, 7).contains(n.key() % 12)))
                .anySatisfy(take ->
                        assertThat(melody(take))
                                .anyMatch(n -> !Set.of(0, 4, 7).contains(n.key() % 12)));
    }

    @Test
    void copiesNothingThatIsTooLong() {
        Set<List<Integer>> corpus = intervals(MAJOR);
        assertThat(takes(request(new Constraint.NoCopyLongerThan(Fraction.of(5, 1)))))
                .allSatisfy(take -> {
                    int[] keys = new int[16];
                    for (Note note : melody(take)) keys[(int) note.onset().floor()] = note.key();
                    assertThat(intervals(List.of(keys))).doesNotContainAnyElementsOf(corpus);
                });
    }

    /// The intervals of every six notes that follow each other.
    private static Set<List<Integer>> intervals(List<int[]> tunes) {
        var intervals = new HashSet<List<Integer>>();
        for (int[] keys : tunes) {
            for (int i = 0; i + 6 <= keys.length; i++) {
                int[] six = Arrays.copyOfRange(keys, i, i + 6);
                if (Arrays.stream(six).anyMatch(key -> key == 0)) continue;
                intervals.add(Arrays.stream(six).map(key -> key - six[0]).boxed().toList());
            }
        }
        return intervals;
    }

    @Test
    void drawsTheSameTakeFromTheSameSeed() {
        var one = (Composed) COMPOSER.compose(request());
        var other = (Composed) COMPOSER.compose(request());
        assertThat(one.take(7)).isEqualTo(other.take(7));
        assertThat(one.take(7).score()).isNotEqualTo(one.take(8).score());
    }

    @Test
    void keepsGivenBarsAsTheyWereWritten() {
        List<Note> mine =
                List.of(
                        note(Fraction.of(4, 1), Fraction.of(1, 5), 60), // off the grid
                        note(Fraction.of(21, 5), Fraction.of(9, 5), 61), // of no scale of the style
                        note(Fraction.of(6, 1), QUARTER, 64),
                        note(Fraction.of(6, 1), QUARTER, 67), // two at once
                        note(
                                Fraction.of(7, 1),
                                Fraction.of(1, 64),
                                65), // as a grace note is played
                        note(Fraction.of(449, 64), Fraction.of(63, 64), 67));
        var kept = new Request.Given(score(mine, List.of(chord(4, 9)), 16), Set.of(1), Set.of(1));
        var request =
                new Request(
                        form(4, 4, false), Optional.of(kept), List.of(new Constraint.Ends(0)), 2);
        assertThat(takes(request))
                .allSatisfy(take -> {
                    assertThat(melody(take))
                            .filteredOn(n -> n.onset().floor() / 4 == 1)
                            .containsExactlyElementsOf(mine);
                    assertThat(melody(take)).anyMatch(n -> n.onset().floor() / 4 != 1);
                    assertThat(melody(take).getLast().key() % 12).isZero();
                    assertThat(take.score().chords()).contains(chord(4, 9));
                    assertThat(take.score().credits().title()).isEqualTo("Mine");
                });
    }

    @Test
    void composesInMinorFromPiecesInMinor() {
        var request = new Request(form(4, 4, true), Optional.empty(), List.of(), 2);
        assertThat(takes(request))
                .allSatisfy(
                        take -> assertThat(melody(take)).isNotEmpty().allMatch(n -> n.key() >= 68));
    }

    @Test
    void saysWhereNothingFitsAndWhichConstraintIsTheCause() {
        Request request =
                request(
                        new Constraint.Range(55, 80),
                        new Constraint.Fixed(Fraction.of(5, 1), 66),
                        new Constraint.Ends(0));
        assertThat(COMPOSER.compose(request))
                .isEqualTo(
                        new Infeasible(
                                Fraction.of(5, 1),
                                "nothing satisfies key 66 at quarter 5 beside the others"));
    }

    @Test
    void saysThatOnlyTheEndCannotBe() {
        assertThat(COMPOSER.compose(request(new Constraint.Ends(1))))
                .isEqualTo(
                        new Infeasible(
                                Fraction.of(16, 1),
                                "nothing satisfies the end on pitch class 1 beside the others"));
    }

    @Test
    void saysThatTheCorpusHasNoPieceInTheMeter() {
        var request = new Request(form(4, 3, false), Optional.empty(), List.of(), 2);
        assertThat(COMPOSER.compose(request))
                .isEqualTo(
                        new Infeasible(
                                Fraction.ZERO, "no piece of the corpus is in 3/4 and major"));
    }

    record Refused(Supplier<Object> call, String sentence) {}

    static Stream<Refused> refusesWhatMeansNothing() {
        return Stream.of(
                new Refused(
                        () -> COMPOSER.compose(request(new Constraint.NoParallels())),
                        "a lead sheet has one voice, but no parallel fifths and octaves takes two"
                                + " or more; leave it out"),
                new Refused(
                        () ->
                                COMPOSER.compose(
                                        request(new Constraint.Fixed(Fraction.of(16, 1), 60))),
                        "key 60 at quarter 16 is beyond the end of the sheet at quarter 16"),
                new Refused(
                        () ->
                                COMPOSER.compose(
                                        request(new Constraint.Fixed(Fraction.of(1, 7), 60))),
                        "quarter 1/7 is not on the grid of 1/12 quarter"),
                new Refused(
                        () -> new Constraint.Fixed(Fraction.of(-1, 1), 60),
                        "quarter -1 is before the beginning"),
                new Refused(
                        () -> new Constraint.Fixed(Fraction.ZERO, 128),
                        "key 128 is not from 0 to 127"),
                new Refused(
                        () -> new Constraint.Range(70, 60),
                        "a range from key 70 down to 60 holds no note"),
                new Refused(
                        () -> new Constraint.Allowed(QUARTER, QUARTER, Set.of(0)),
                        "a span from quarter 1 to 1 is empty"),
                new Refused(
                        () -> new Constraint.Allowed(Fraction.ZERO, QUARTER, Set.of(12)),
                        "pitch class 12 is not from 0, C, to 11, B"),
                new Refused(
                        () -> new Constraint.Ends(-1), "pitch class -1 is not from 0, C, to 11, B"),
                new Refused(
                        () -> new Constraint.Meter(Fraction.ZERO, false),
                        "a grid of 0 quarters is none; give a step over 0"),
                new Refused(
                        () -> new Constraint.NoCopyLongerThan(Fraction.ZERO),
                        "copies of at most 0 quarters are none; give a length over 0"),
                new Refused(() -> form(0, 4, false), "a sheet of 0 bars is none from 1 to 1,000"),
                new Refused(
                        () -> new Request(form(4, 4, false), Optional.empty(), List.of(), 13),
                        "an order of 13 is not from 0 to 12"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatMeansNothing(Refused refused) {
        assertThatIllegalArgumentException()
                .isThrownBy(refused.call()::get)
                .withMessage(refused.sentence());
    }
}
