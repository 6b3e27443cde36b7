package wavenet4j.notes.compose.leadsheets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
import wavenet4j.notes.TestData;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.compose.Composition.Composed;
import wavenet4j.notes.compose.Constraint;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.Request;
import wavenet4j.notes.corpus.ScoreFile;
import wavenet4j.notes.harmony.KeyFinder;
import wavenet4j.notes.harmony.MelodyFinder;
import wavenet4j.notes.statistics.Melody;
import wavenet4j.notes.statistics.StyleComparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Sheets in the style of real tunes: written, read by readers of the test's own, and checked.
@Tag("slow")
final class WrittenSheetsTest {
    private static final int LIMIT = 8 * SheetFiles.QUARTER;

    /// Takes of each request; ten thousand sheets were checked with 1000.
    private static final int TAKES = Integer.getInteger("wavenet4j.takes", 100);

    private static final int LENGTHS = 8;

    /// What is asked for: bars, sharps, and what is given.
    private record Sheets(int bars, int sharps, boolean chords, boolean firstBars) {}

    private static final List<Sheets> REQUESTS =
            List.of(
                    new Sheets(8, 0, false, false),
                    new Sheets(9, 1, false, false),
                    new Sheets(10, -1, true, false),
                    new Sheets(11, 2, true, false),
                    new Sheets(12, -2, false, true),
                    new Sheets(13, 3, false, true),
                    new Sheets(14, -3, true, true),
                    new Sheets(15, 4, false, false),
                    new Sheets(16, -4, true, true),
                    new Sheets(16, 5, false, false));

    @TempDir Path folder = Path.of("");

    private static List<LeadSheetComposer.Piece> pieces() throws Exception {
        var pieces = new ArrayList<LeadSheetComposer.Piece>();
        TestData.scores("leadsheets-pd")
                .forEach((name, score) ->
                        MelodyFinder.find(score)
                                .ifPresent(melody ->
                                        pieces.add(
                                                new LeadSheetComposer.Piece(
                                                        name,
                                                        score,
                                                        melody.notes(),
                                                        KeyFinder.find(score)))));
        return pieces;
    }

    private static Form form(int bars, int sharps) {
        return new Form(
                Fraction.ZERO,
                bars,
                new Meter(Fraction.ZERO, 4, 4),
                new KeySignature(Fraction.ZERO, sharps, false),
                Tempo.of(Fraction.ZERO, 120));
    }

    @Test
    void satisfyAllThatIsAskedOfThem() throws Exception {
        List<LeadSheetComposer.Piece> pieces = pieces();
        var composer = new LeadSheetComposer(pieces);
        Set<List<Integer>> copies = new HashSet<>();
        for (LeadSheetComposer.Piece piece : composer.style(form(1, 0))) {
            copies.addAll(tooLong(SheetFiles.onGrid(piece.melody())));
        }
        int sheets = 0;
        for (Sheets of : REQUESTS) {
            var composed = (Composed) composer.compose(request(of));
            for (int seed = 0; seed < TAKES; seed++) {
                Score score = composed.take(seed).score();
                check(of, score, copies);
                sheets++;
            }
        }
        assertThat(sheets).isEqualTo(REQUESTS.size() * TAKES);
    }

    private static Request request(Sheets of) {
        int tonic = tonic(of);
        List<Constraint> constraints =
                List.of(
                        new Constraint.Range(58, 81),
                        new Constraint.Ends(tonic),
                        new Constraint.NoCopyLongerThan(Fraction.of(8, 1)),
                        new Constraint.Meter(Fraction.of(1, 2), true),
                        new Constraint.Fixed(Fraction.of(16, 1), key(of, 7)));
        return new Request(form(of.bars(), of.sharps()), given(of), constraints, 4);
    }

    private static int tonic(Sheets of) {
        return Math.floorMod(7 * of.sharps(), 12);
    }

    /// The key so many semitones over the tonic above middle C.
    private static int key(Sheets of, int semitones) {
        return 60 + tonic(of) + semitones;
    }

    private static Optional<Request.Given> given(Sheets of) {
        if (!of.chords() && !of.firstBars()) return Optional.empty();
        Form form = form(of.bars(), of.sharps());
        var notes = new ArrayList<Note>();
        if (of.firstBars()) {
            int[] steps = {0, 4, 7, 4, 5, 2, 0};
            for (int i = 0; i < steps.length; i++) {
                int key = key(of, steps[i]);
                notes.add(
                        new Note(
                                Fraction.of(i, 1),
                                Fraction.of(i == 6 ? 2 : 1, 1),
                                key,
                                PitchName.of(key, of.sharps()),
                                80,
                                1));
            }
        }
        var chords = new ArrayList<ChordSymbol>();
        for (int bar = 0; of.chords() && bar < of.bars(); bar++) {
            int root = tonic(of) + new int[] {0, 5, 7, 0}[bar % 4];
            chords.add(
                    new ChordSymbol(
                            Fraction.of(4L * bar, 1),
                            Optional.of(
                                    new ChordSymbol.Chord(
                                            PitchName.of(root % 12, of.sharps()),
                                            ChordKind.MAJOR))));
        }
        var score =
                new Score(
                        Score.Credits.NONE,
                        new Timeline(
                                List.of(form.meter()), List.of(form.tempo()), List.of(form.key())),
                        chords,
                        List.of(new Part("Melody", 0, notes)),
                        List.of(),
                        form.length());
        Set<Integer> allBars =
                of.chords() ? Set.copyOf(IntStream.range(0, of.bars()).boxed().toList()) : Set.of();
        return Optional.of(
                new Request.Given(score, of.firstBars() ? Set.of(0, 1) : Set.of(), allBars));
    }

    private void check(Sheets of, Score score, Set<List<Integer>> copies) throws Exception {
        Path midi = folder.resolve("sheet.mid");
        Path xml = folder.resolve("sheet.musicxml");
        ScoreFile.write(score, midi);
        ScoreFile.write(score, xml);
        List<SheetFiles.Played> notes = SheetFiles.midi(midi);
        assertThat(SheetFiles.musicXml(xml)).isEqualTo(notes);
        int bar = 4 * SheetFiles.QUARTER;
        for (SheetFiles.Played note : notes) {
            assertThat(note.key()).isBetween(58, 81);
            assertThat(note.onset() % (SheetFiles.QUARTER / 2)).isZero();
            assertThat((note.end() - 1) / bar).isEqualTo(note.onset() / bar);
        }
        assertThat(notes.getLast().end()).isEqualTo(bar * of.bars());
        assertThat(notes.getLast().key() % 12).isEqualTo(tonic(of));
        assertThat(notes)
                .anyMatch(n -> n.onset() == 16 * SheetFiles.QUARTER && n.key() == key(of, 7));
        assertThat(tooLong(notes)).noneMatch(copies::contains);
        if (of.firstBars()) {
            assertThat(notes.subList(0, 7).stream().map(SheetFiles.Played::key))
                    .containsExactly(
                            key(of, 0),
                            key(of, 4),
                            key(of, 7),
                            key(of, 4),
                            key(of, 5),
                            key(of, 2),
                            key(of, 0));
        }
    }

    /// From each note the shortest stretch that is longer than the limit, in intervals, lengths and
    /// the time from one note to the next. What is longer begins with one of them.
    private static Set<List<Integer>> tooLong(List<SheetFiles.Played> notes) {
        var stretches = new HashSet<List<Integer>>();
        for (int i = 0; i < notes.size(); i++) {
            var stretch = new ArrayList<Integer>();
            for (int k = i; k < notes.size(); k++) {
                SheetFiles.Played before = notes.get(Math.max(i, k - 1));
                stretch.add(notes.get(k).onset() - before.onset());
                stretch.add(notes.get(k).key() - before.key());
                stretch.add(notes.get(k).end() - notes.get(k).onset());
                if (notes.get(k).end() - notes.get(i).onset() > LIMIT) {
                    stretches.add(stretch);
                    break;
                }
            }
        }
        return stretches;
    }

    /// Two hundred takes without constraints are as near to all tunes together as the tunes are.
    @Test
    void haveTheStyleOfTheTunes() throws Exception {
        List<LeadSheetComposer.Piece> pieces = pieces();
        var composer = new LeadSheetComposer(pieces);
        List<LeadSheetComposer.Piece> style = composer.style(form(1, 0));
        int[] bars = style.stream().mapToInt(of -> of.score().bars().size()).sorted().toArray();
        var takes = new ArrayList<Melody>();
        for (int i = 0; i < LENGTHS; i++) { // as long as the tunes are
            Form form = form(bars[(2 * i + 1) * bars.length / (2 * LENGTHS)], 0);
            var composed =
                    (Composed) composer.compose(new Request(form, Optional.empty(), List.of(), 4));
            for (int seed = 0; seed < 200 / LENGTHS; seed++) {
                Score score = composed.take(seed).score();
                takes.add(new Melody("", score.parts().getFirst().notes(), score.timeline()));
            }
        }
        List<Melody> tunes =
                style.stream()
                        .map(of -> {
                            int shift = Math.floorMod(-of.key().tonic().pitchClass() + 6, 12) - 6;
                            List<Note> notes =
                                    of.melody().stream()
                                            .map(note ->
                                                    new Note(
                                                            note.onset(),
                                                            note.length(),
                                                            note.key() + shift,
                                                            PitchName.of(note.key() + shift, 0),
                                                            note.velocity(),
                                                            1))
                                            .toList();
                            return new Melody(of.name(), notes, of.score().timeline());
                        })
                        .toList();
        for (StyleComparison of : StyleComparison.of(tunes, takes)) {
            System.out.printf(
                    "%s: takes' median %.3f bits, nine of ten tunes %.3f to %.3f%n",
                    of.feature(), of.median(), of.low(), of.high());
            assertThat(of.median()).as(of.feature().toString()).isLessThan(of.high());
            assertThat(of.melodies())
                    .as(of.feature().toString())
                    .filteredOn(distance -> distance > of.high())
                    .hasSizeLessThanOrEqualTo(takes.size() / 4);
        }
    }
}
