package wavenet4j.notes.grid;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Chooses how fine a grid must be.
public final class GridResolution {
    private static final List<Integer> STEPS_PER_QUARTER = List.of(1, 2, 3, 4, 6, 8, 12, 16, 24);

    /// Each bar may add a step that is not whole.
    private static final int MOST = GridSteps.MOST / 2;

    private static final int MOST_BARS = 100_000;

    /// Beyond it sums of times may have no exact value. MIDI has half of it at most.
    private static final int FINEST_PART_OF_A_QUARTER = 1 << 16;

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

    /// What speaks against any grid of a score; nothing for nearly all.
    ///
    /// @return the problem and the remedy, to be said of its file
    public static Optional<String> problem(Score score) {
        boolean fine = times(score).anyMatch(time -> time.denominator() > FINEST_PART_OF_A_QUARTER);
        if (fine) {
            return Optional.of(
                    "divides a quarter into more than %,d parts; quantize it"
                            .formatted(FINEST_PART_OF_A_QUARTER));
        }
        Fraction shortestBar =
                score.timeline().meters().stream()
                        .map(Meter::length)
                        .reduce(Fraction.of(MOST), Fraction::min);
        Fraction most = Fraction.of(MOST);
        Fraction steps = score.end().times(STEPS_PER_QUARTER.getLast());
        Fraction bars = score.end().over(shortestBar);
        if (steps.compareTo(most) > 0 || bars.compareTo(Fraction.of(MOST_BARS)) > 0) {
            return Optional.of(
                    "is %,d quarters long, too long for a grid; cut it"
                            .formatted(score.end().floor()));
        }
        return Optional.empty();
    }

    private static Stream<Fraction> times(Score score) {
        Stream<Fraction> meters = score.timeline().meters().stream().map(Meter::onset);
        Stream<Fraction> notes =
                score.parts().stream()
                        .flatMap(part -> part.notes().stream())
                        .flatMap(note -> Stream.of(note.onset(), note.end()));
        return Stream.concat(Stream.of(score.end()), Stream.concat(meters, notes));
    }
}
