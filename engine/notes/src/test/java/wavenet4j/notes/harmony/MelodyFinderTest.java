package wavenet4j.notes.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.Note;
import wavenet4j.notes.Part;

import java.util.ArrayList;
import java.util.List;

final class MelodyFinderTest {
    private static final String TUNE = "72:1 74:1 76:1 77:1 79:2 76:1 74:1 72:4";
    private static final String CHORDS = "48+64+67:4 53+65+69:4 48+64+67:4";
    private static final String BASS = "48:2 43:2 41:2 45:2 48:4";

    @Test
    void isFoundWhereverItStandsAndWhateverItIsCalled() {
        Part tune = TestScores.part("bass", TUNE);
        Part chords = TestScores.part("melody", CHORDS);
        Part bass = TestScores.part("", BASS);
        var orders =
                List.of(
                        List.of(tune, chords, bass),
                        List.of(chords, bass, tune),
                        List.of(bass, tune, chords));
        for (List<Part> order : orders) {
            var melody = MelodyFinder.find(TestScores.score(order.toArray(Part[]::new)));
            assertThat(melody.orElseThrow().part()).isEqualTo(order.indexOf(tune));
            assertThat(melody.orElseThrow().wholePart()).isTrue();
        }
    }

    @Test
    void aNameDecidesBetweenEquals() {
        Part first = TestScores.part("Violin", TUNE);
        Part second = TestScores.part("Solo", TUNE);
        assertThat(MelodyFinder.find(TestScores.score(first, second)).orElseThrow().part())
                .isEqualTo(1);
    }

    @Test
    void theTopLineOfAPolyphonicPartIsOneNoteAtATime() {
        Part piano = TestScores.part("", "60+72:1 59+74:1 48+76:2 79:1");
        var melody = MelodyFinder.find(TestScores.score(piano)).orElseThrow();
        assertThat(melody.wholePart()).isFalse();
        assertThat(melody.notes()).extracting(Note::key).containsExactly(72, 74, 76, 79);
    }

    @Test
    void aLowerNoteDoesNotInterruptAndAHigherOneDoes() {
        Part held = TestScores.part("", "72:4");
        Part moving = TestScores.part("", "-:1 60:1 76:1 60:1");
        var notes = new ArrayList<>(held.notes());
        notes.addAll(moving.notes());
        List<Note> line = MelodyFinder.topLine(new Part("", 0, notes).notes());
        assertThat(line)
                .extracting(note -> note.key() + " " + note.onset() + "-" + note.end())
                .containsExactly("72 0-2", "76 2-3", "60 3-4");
    }

    @Test
    void drumsAreNoMelody() {
        Part part = TestScores.part("", TUNE);
        var drums = new Part("", 0, true, part.notes(), List.of(), List.of());
        assertThat(MelodyFinder.find(TestScores.score(drums))).isEmpty();
        assertThat(MelodyFinder.find(TestScores.score())).isEmpty();
    }
}
