package wavenet4j.notes.grid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.grid.GridReader.GriddedScore;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random scores of random meters.
final class GridPropertyTest {
    private static final int[] DIVISIONS = {1, 2, 3, 4, 5, 6, 7, 8, 12, 24};

    private final Random random = new Random(1);

    private Fraction time(int quarters) {
        int division = DIVISIONS[random.nextInt(DIVISIONS.length)];
        return Fraction.of(random.nextInt(quarters * division), division);
    }

    private Score score() {
        var meters = new ArrayList<Meter>();
        Fraction onset = Fraction.ZERO;
        for (int i = 0; i < 4; i++) {
            meters.add(new Meter(onset, 1 + random.nextInt(12), 1 << random.nextInt(5)));
            onset = onset.plus(time(6)).plus(Fraction.of(1, 12));
        }
        var parts = new ArrayList<Part>();
        for (int p = 0; p < 2; p++) {
            var notes = new ArrayList<Note>();
            for (int i = 0; i < random.nextInt(40); i++) {
                int key = random.nextInt(128);
                Fraction start = time(30);
                Fraction length = time(4);
                int voice = 1 + random.nextInt(2);
                notes.add(new Note(start, length, key, PitchName.of(key, 0), 80, voice));
            }
            parts.add(new Part("", p, notes));
        }
        Fraction end = Fraction.of(35).plus(time(2));
        var timeline = new Timeline(meters, List.of(), List.of());
        return new Score(Score.Credits.NONE, timeline, List.of(), parts, List.of(), end);
    }

    @Test
    void everyNoteIsInTheGridOrCounted() {
        for (int trial = 0; trial < 300; trial++) {
            Score score = score();
            int perQuarter = 1 + random.nextInt(24);
            GriddedScore gridded = GridReader.voices(score, perQuarter);
            GridLosses losses = gridded.losses();
            Score back = gridded.grid().toScore();
            assertThat(back.notes() + losses.covered() + losses.outOfRange() + losses.graces())
                    .isEqualTo(score.notes());
            assertThat(back.end().minus(score.end()))
                    .isBetween(Fraction.ZERO, Fraction.of(1, perQuarter));
        }
    }

    @Test
    void whatIsOnceInAGridStaysAsItIs() {
        for (int trial = 0; trial < 300; trial++) {
            Score score = score();
            int steps = 1 + random.nextInt(24);
            Score once = GridReader.voices(score, steps).grid().toScore();
            GriddedScore twice = GridReader.voices(once, steps);
            assertThat(twice.losses().remarks()).isEmpty();
            assertThat(twice.grid().toScore().parts())
                    .isEqualTo(once.parts().stream().filter(p -> !p.notes().isEmpty()).toList());
        }
    }

    @Test
    void aNoteIsMovedByHalfAStepAtMostAndEveryBarBeginsAStep() {
        for (int trial = 0; trial < 300; trial++) {
            Score score = score();
            int perQuarter = 1 + random.nextInt(24);
            GridSteps steps = GridSteps.until(score.end(), perQuarter, score.timeline());
            for (Bar bar : score.bars()) assertThat(steps.has(bar.onset())).isTrue();
            for (Note note : score.parts().getFirst().notes()) {
                Fraction moved = steps.onset(steps.nearest(note.onset())).minus(note.onset());
                assertThat(Math.abs(moved.toDouble())).isLessThanOrEqualTo(0.5 / perQuarter);
            }
        }
    }
}
