package wavenet4j.notes.grid;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.List;

/// Chooses how fine a grid must be.
public final class GridResolution {
    private static final List<Integer> STEPS_PER_QUARTER = List.of(1, 2, 3, 4, 6, 8, 12, 16, 24);

    private static final Fraction MOST = Fraction.of(GridSteps.MOST / 2);

    /// The share of onsets and ends that may be moved.
    private static final double TOLERATED = 0.005;

    private GridResolution() {}

    /// The fewest steps a quarter that move no more than half a percent of onsets and ends.
    public static int choose(List<Score> scores) {
        return choose(scores, TOLERATED);
    }

    /// The least number of steps a quarter that moves no more than a share of onsets and ends;
    /// where none does, the one of up to 24 that moves fewest.
    ///
    /// @param tolerated share from 0 to 1, such as 0.01
    public static int choose(List<Score> scores, double tolerated) {
        int best = STEPS_PER_QUARTER.getFirst();
        double least = Double.POSITIVE_INFINITY;
        for (int steps : STEPS_PER_QUARTER) {
            double moved = moved(scores, steps);
            if (moved <= tolerated) return steps;
            if (moved < least) {
                least = moved;
                best = steps;
            }
        }
        return best;
    }

    /// The share of onsets and ends of pitched notes that a grid moves; 0 where there are no notes.
    public static double moved(List<Score> scores, int stepsPerQuarter) {
        long moved = 0;
        long all = 0;
        for (Score score : scores) {
            GridSteps steps = GridSteps.until(score.end(), stepsPerQuarter, score.timeline());
            for (Part part : score.parts()) {
                if (part.percussion()) continue;
                for (Note note : part.notes()) {
                    if (note.isGrace()) continue;
                    if (!steps.has(note.onset())) moved++;
                    if (!steps.has(note.end())) moved++;
                    all += 2;
                }
            }
        }
        return all == 0 ? 0 : (double) moved / all;
    }

    /// Whether a score has too many steps at the finest of the resolutions that are chosen from.
    public static boolean isTooLong(Score score) {
        Fraction steps = score.end().times(STEPS_PER_QUARTER.getLast());
        Fraction shortestBar =
                score.timeline().meters().stream()
                        .map(Meter::length)
                        .reduce(score.end(), Fraction::min);
        return steps.compareTo(MOST) > 0 || score.end().over(shortestBar).compareTo(MOST) > 0;
    }
}
