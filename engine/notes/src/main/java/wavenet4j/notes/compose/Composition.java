package wavenet4j.notes.compose;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Score;
import wavenet4j.notes.internal.Grid;
import wavenet4j.notes.markov.Task;

import java.util.List;

/// What became of a request.
public sealed interface Composition {
    /// Takes satisfy it, as many as are drawn.
    @FunctionalInterface
    non-sealed interface Composed extends Composition {
        /// Draws a take.
        ///
        /// @param seed the same one gives the same take
        Take take(long seed);
    }

    /// Nothing satisfies it.
    ///
    /// @param time where nothing can go on, in quarters
    /// @param reason in a sentence
    record Infeasible(Fraction time, String reason) implements Composition {
        /// Where nothing is learned from.
        ///
        /// @param which pieces are sought beside those in the meter and the mode, such as "has four
        ///   voices and "; may be empty
        public static Infeasible noPiece(String which, Form form) {
            return new Infeasible(
                    Fraction.ZERO,
                    "no piece of the corpus %sis in %s and %s"
                            .formatted(
                                    which,
                                    form.meter().signature(),
                                    form.key().minor() ? "minor" : "major"));
        }

        /// Names the first time at which nothing fits, and the constraints without which something
        /// would.
        ///
        /// @param task that nothing fulfils
        public static Infeasible of(Task task) {
            List<String> causes = task.causes();
            String reason =
                    causes.isEmpty()
                            ? "the corpus has nothing that fits, whichever constraint is left out"
                            : "nothing satisfies %s beside the others"
                                    .formatted(String.join(", or ", causes));
            return new Infeasible(Grid.quarters(task.lastReached() - task.from()), reason);
        }
    }

    /// One take.
    ///
    /// @param bits of information in it by the model without constraints, the end included
    /// @param tokens notes and rests; of several voices, slices from one onset to the next
    record Take(Score score, double bits, int tokens) {}
}
