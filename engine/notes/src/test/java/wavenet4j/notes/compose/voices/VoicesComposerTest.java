package wavenet4j.notes.compose.voices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
import wavenet4j.notes.compose.Request.Given;
import wavenet4j.notes.compose.voices.PlainVoices.Sung;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Four voices from a small corpus, asked of their notes.
final class VoicesComposerTest {
    private static final KeySignature D_MAJOR = new KeySignature(Fraction.ZERO, 2, false);
    private static final int[] SCALE = {0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19};
    private static final List<VoicesComposer.Piece> CORPUS =
            IntStream.range(0, 40).mapToObj(VoicesComposerTest::piece).toList();

    /// Six bars of 4/4 in D major: the degree wanders, the upper voices sound over it in chords,
    /// the alto in half notes, in every other piece over the bar lines too, and the tenor rests or
    /// has eighths now and then.
    private static VoicesComposer.Piece piece(int seed) {
        var random = new Random(seed);
        List<List<Note>> voices = List.of(of(), of(), of(), of());
        int degree = random.nextInt(5);
        for (int beat = 0; beat < 24; beat++) {
            degree = Math.clamp(degree + random.nextInt(-1, 2), 0, 4);
            if (beat == 23) degree = 0;
            add(voices.get(0), 2 * beat, 2, 74 + SCALE[degree + random.nextInt(2)]);
            if (beat % 2 == seed % 2 && beat < 23) {
                add(voices.get(1), 2 * beat, 4, 62 + SCALE[degree + 4]);
            }
            int tenor = random.nextInt(4);
            if (tenor > 0) add(voices.get(2), 2 * beat, tenor > 1 ? 2 : 1, 50 + SCALE[degree + 2]);
            if (tenor == 1) add(voices.get(2), 2 * beat + 1, 1, 50 + SCALE[degree + 3]);
            add(voices.get(3), 2 * beat, 2, 38 + SCALE[degree]);
        }
        List<Part> parts = voices.stream().map(notes -> new Part("", 0, notes)).toList();
        var timeline = new Timeline(List.of(), List.of(), List.of(D_MAJOR));
        var score =
                new Score(
                        Score.Credits.NONE, timeline, List.of(), parts, List.of(), Fraction.of(24));
        return new VoicesComposer.Piece("piece " + seed, score, D_MAJOR);
    }

    private static List<Note> of() {
        return new ArrayList<>();
    }

    /// Times are in eighths.
    private static void add(List<Note> voice, int onset, int length, int key) {
        PitchName name = PitchName.of(key, 2);
        voice.add(new Note(Fraction.of(onset, 2), Fraction.of(length, 2), key, name, 80, 1));
    }

    private static Form form(int sharps, Fraction pickup) {
        return new Form(
                pickup,
                4,
                new Meter(Fraction.ZERO, 4, 4),
                new KeySignature(Fraction.ZERO, sharps, false),
                Tempo.of(Fraction.ZERO, 96));
    }

    private static Composition compose(Form form, Constraint... constraints) {
        return new VoicesComposer(CORPUS, 4)
                .compose(new Request(form, Optional.empty(), List.of(constraints), 2));
    }

    /// Twenty takes in D major.
    private static List<List<List<Sung>>> takes(Constraint... constraints) {
        var composed = (Composed) compose(form(2, Fraction.ZERO), constraints);
        return IntStream.range(0, 20)
                .mapToObj(seed -> PlainVoices.of(composed.take(seed).score()))
                .toList();
    }

    @Test
    void aTakeHasItsFormAndItsVoices() {
        var composed = (Composed) compose(form(-1, Fraction.ONE));
        Take take = composed.take(7);
        Score score = take.score();
        assertThat(score.parts())
                .extracting(Part::name)
                .containsExactly("Soprano", "Alto", "Tenor", "Bass");
        assertThat(score.end()).isEqualTo(Fraction.of(17));
        assertThat(score.bars().getFirst().length()).isEqualTo(Fraction.ONE);
        assertThat(score.timeline().keys())
                .containsExactly(new KeySignature(Fraction.ZERO, -1, false));
        Set<Integer> fMajor = Set.of(5, 7, 9, 10, 0, 2, 4);
        assertThat(PlainVoices.all(PlainVoices.of(score)))
                .isNotEmpty()
                .allMatch(note -> fMajor.contains(note.key() % 12));
        assertThat(take.bits()).isPositive();
        assertThat(take.tokens()).isGreaterThanOrEqualTo(17);
    }

    @Test
    void theSameSeedGivesTheSameTakeAndOthersAnother() {
        var one = (Composed) compose(form(2, Fraction.ZERO));
        var again = (Composed) compose(form(2, Fraction.ZERO));
        assertThat(one.take(3)).isEqualTo(again.take(3));
        assertThat(one.take(3).score().parts()).isNotEqualTo(one.take(4).score().parts());
    }

    @Test
    void everyStepOfTheOuterVoicesIsOneOfTheCorpus() {
        var steps = new ArrayList<List<Integer>>();
        for (VoicesComposer.Piece piece : CORPUS) {
            steps.addAll(steps(PlainVoices.of(piece.score())));
        }
        for (List<List<Sung>> voices : takes()) {
            assertThat(steps(voices)).hasSize(15).isSubsetOf(steps);
        }
    }

    /// The keys of soprano and bass on each beat and the next one, and the beat.
    private static List<List<Integer>> steps(List<List<Sung>> voices) {
        List<Sung> top = voices.getFirst();
        List<Sung> bottom = voices.getLast();
        return IntStream.range(1, top.size())
                .mapToObj(i ->
                        List.of(
                                i % 4,
                                top.get(i - 1).key(),
                                bottom.get(i - 1).key(),
                                top.get(i).key(),
                                bottom.get(i).key()))
                .toList();
    }

    @Test
    void noParallelsAreThereWhereTheyMustNotBe() {
        assertThat(takes().stream().mapToInt(PlainVoices::parallels).sum()).isPositive();
        assertThat(takes(new Constraint.NoParallels()))
                .allMatch(voices -> PlainVoices.parallels(voices) == 0);
    }

    @Test
    void allVoicesStayInTheirRange() {
        assertThat(takes(new Constraint.Range(38, 79)))
                .allMatch(voices ->
                        PlainVoices.all(voices).stream()
                                .allMatch(note -> note.key() >= 38 && note.key() <= 79));
    }

    @Test
    void theLowestVoiceEndsWhereItMust() {
        assertThat(takes(new Constraint.Ends(7)))
                .allMatch(voices ->
                        voices.getLast().getLast().key() % 12 == 7
                                && voices.getLast().getLast().end() == 192);
    }

    @Test
    void theTopVoiceHasTheNotesThatAreFixedAndAllowed() {
        List<List<List<Sung>>> takes =
                takes(
                        new Constraint.Fixed(Fraction.of(5), 78),
                        new Constraint.Allowed(Fraction.ZERO, Fraction.of(4), Set.of(2, 4, 6)));
        for (List<List<Sung>> voices : takes) {
            List<Sung> top = voices.getFirst();
            assertThat(top).anyMatch(note -> note.onset() == 60 && note.key() == 78);
            assertThat(top.stream().filter(note -> note.onset() < 48))
                    .isNotEmpty()
                    .allMatch(note -> Set.of(2, 4, 6).contains(note.key() % 12));
        }
    }

    @Test
    void onsetsAreOnTheGridAndNothingIsHeldOverABarLine() {
        assertThat(takes()).anyMatch(voices -> !isInMeter(voices));
        assertThat(takes(new Constraint.Meter(Fraction.ONE, true)))
                .allMatch(VoicesComposerTest::isInMeter);
    }

    private static boolean isInMeter(List<List<Sung>> voices) {
        return PlainVoices.all(voices).stream()
                .allMatch(note ->
                        note.onset() % 12 == 0
                                && note.end() % 12 == 0
                                && note.onset() / 48 == (note.end() - 1) / 48);
    }

    @Test
    void whatIsReadIsWritten() {
        Form whole =
                new Form(
                        Fraction.ZERO,
                        6,
                        form(2, Fraction.ZERO).meter(),
                        D_MAJOR,
                        form(2, Fraction.ZERO).tempo());
        for (VoicesComposer.Piece piece : CORPUS) {
            List<List<Slice>> read = new SliceReader(whole.shift(), 48).read(piece.score());
            assertThat(read).hasSize(1);
            Score written = VoicesWriter.score(read.getFirst(), whole, "");
            assertThat(PlainVoices.of(written)).isEqualTo(PlainVoices.of(piece.score()));
        }
    }

    @Test
    void whatNothingSatisfiesIsNamed() {
        var infeasible =
                (Infeasible)
                        compose(
                                form(2, Fraction.ZERO),
                                new Constraint.NoParallels(),
                                new Constraint.Fixed(Fraction.of(5), 50));
        assertThat(infeasible.reason()).contains("key 50 at quarter 5").doesNotContain("parallel");
        assertThat(infeasible.time()).isEqualTo(Fraction.of(5));
        Composition none =
                new VoicesComposer(CORPUS, 3)
                        .compose(
                                new Request(
                                        form(2, Fraction.ZERO), Optional.empty(), List.of(), 2));
        assertThat(((Infeasible) none).reason())
                .isEqualTo("no piece of the corpus has 3 voices and is in 4/4 and major");
    }

    @Test
    void whatVoicesCannotHaveIsRefused() {
        Form form = form(2, Fraction.ZERO);
        assertThatThrownBy(() -> compose(form, new Constraint.NoCopyLongerThan(Fraction.of(8))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "is asked of a melody alone, not of several voices; leave it out");
        assertThatThrownBy(() -> compose(form, new Constraint.Fixed(Fraction.of(16), 78)))
                .hasMessage("key 78 at quarter 16 is beyond the end at quarter 16");
        assertThatThrownBy(() -> compose(form, new Constraint.Fixed(Fraction.of(1, 7), 78)))
                .hasMessageContaining("not on the grid");
        var given = new Given(CORPUS.getFirst().score(), Set.of(0), Set.of());
        var request = new Request(form, Optional.of(given), List.of(), 2);
        assertThatThrownBy(() -> new VoicesComposer(CORPUS, 4).compose(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("leave out what is given");
    }
}
