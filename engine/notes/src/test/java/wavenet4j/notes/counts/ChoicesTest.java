package wavenet4j.notes.counts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.statistics.Melody;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// A model that is measured may know only what came before.
final class ChoicesTest {
    private static final int SIXTEENTHS = 160;

    @Test
    void aVoiceKnowsOnlyWhatWasBefore() {
        Score score = score(new Random(1));
        List<Choice> whole = VoiceChoices.of(score);
        for (int sixteenths = 1; sixteenths < SIXTEENTHS; sixteenths++) {
            assertThatIsThe(VoiceChoices.of(cut(score, sixteenths)), whole);
        }
    }

    @Test
    void aVoiceKnowsNothingOfThoseBelow() {
        Score score = score(new Random(3));
        Part silent = new Part("", 0, List.of());
        var parts = new ArrayList<>(score.parts());
        parts.set(3, silent);
        List<Choice> upper = VoiceChoices.of(score).stream().limit(3).toList();
        List<Choice> without = VoiceChoices.of(score.withParts(parts));
        assertThat(strings(without)).startsWith(strings(upper).toArray(String[]::new));
    }

    @Test
    void aMelodyKnowsOnlyWhatWasBefore() {
        Score score = score(new Random(2));
        List<Note> notes = score.parts().getFirst().notes();
        List<Choice> whole = MelodyChoices.of(new Melody("", notes, score.timeline()));
        for (int i = 1; i < notes.size(); i++) {
            var begun = new Melody("", notes.subList(0, i), score.timeline());
            assertThatIsThe(MelodyChoices.of(begun), whole);
        }
    }

    @Test
    void aMelodyHasAChoiceOfLengthAndOfKeyForEveryNoteAndRest() {
        var notes = List.of(note(0, 4, 60), note(6, 2, 62));
        List<Choice> choices = MelodyChoices.of(new Melody("", notes, Timeline.DEFAULT));
        assertThat(choices).extracting(Choice::token).containsExactly(12, 60, 6, 128, 6, 62);
    }

    @Test
    void aChordKnowsOnlyThoseBefore() {
        Score score = score(new Random(5));
        List<Choice> whole = ChordChoices.of(score);
        assertThat(whole).extracting(Choice::kind).filteredOn(kind -> kind == 0).hasSize(40);
        for (int sixteenths = 1; sixteenths < SIXTEENTHS; sixteenths++) {
            assertThatIsThe(ChordChoices.of(cut(score, sixteenths)), whole);
        }
    }

    private static void assertThatIsThe(List<Choice> beginning, List<Choice> whole) {
        assertThat(beginning).isNotEmpty();
        assertThat(strings(beginning)).isEqualTo(strings(whole.subList(0, beginning.size())));
    }

    private static List<String> strings(List<Choice> choices) {
        return choices.stream()
                .map(choice ->
                        choice.kind()
                                + " "
                                + choice.token()
                                + Arrays.deepToString(choice.contexts()))
                .toList();
    }

    /// The score up to a sixteenth, which notes that sound then end with.
    private static Score cut(Score score, int sixteenths) {
        Fraction end = Fraction.of(sixteenths, 4);
        List<Part> parts =
                score.parts().stream()
                        .map(part -> part.withNotes(cut(part.notes(), sixteenths)))
                        .toList();
        List<ChordSymbol> chords =
                score.chords().stream().filter(chord -> chord.onset().compareTo(end) < 0).toList();
        return new Score(score.credits(), score.timeline(), chords, parts, score.fermatas(), end);
    }

    private static List<Note> cut(List<Note> notes, int sixteenths) {
        Fraction end = Fraction.of(sixteenths, 4);
        return notes.stream()
                .filter(note -> note.onset().compareTo(end) < 0)
                .map(note -> note.withLength(note.end().min(end).minus(note.onset())))
                .toList();
    }

    private static Score score(Random random) {
        List<Part> parts = IntStream.range(0, 4).mapToObj(_ -> part(random)).toList();
        List<ChordSymbol> chords =
                IntStream.range(0, SIXTEENTHS / 4)
                        .mapToObj(i -> new ChordSymbol(Fraction.of(i), chord(random)))
                        .toList();
        return new Score(
                Score.Credits.NONE,
                Timeline.DEFAULT,
                chords,
                parts,
                List.of(),
                Fraction.of(SIXTEENTHS, 4));
    }

    private static Optional<ChordSymbol.Chord> chord(Random random) {
        var root = new PitchName(random.nextInt(4));
        return random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(new ChordSymbol.Chord(root, ChordKind.MINOR_SEVENTH));
    }

    private static Part part(Random random) {
        var notes = new ArrayList<Note>();
        int at = 0;
        while (at < SIXTEENTHS) {
            int length = Math.min(1 + random.nextInt(6), SIXTEENTHS - at);
            if (random.nextInt(6) > 0) notes.add(note(at, length, 60 + random.nextInt(5)));
            at += length;
        }
        return new Part("", 0, notes);
    }

    /// @param at in sixteenths, as is the length
    private static Note note(int at, int length, int key) {
        return new Note(
                Fraction.of(at, 4), Fraction.of(length, 4), key, PitchName.of(key, 0), 80, 1);
    }
}
