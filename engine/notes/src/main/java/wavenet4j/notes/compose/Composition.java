package wavenet4j.notes.compose;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Score;

import java.util.List;

/// What became of a request.
public sealed interface Composition {
    /// Takes that satisfy it.
    record Composed(List<Sheet> takes) implements Composition {
        public Composed {
            takes = List.copyOf(takes);
        }
    }

    /// Nothing satisfies it.
    ///
    /// @param time where the melody can not go on, in quarters
    /// @param reason in a sentence
    record Infeasible(Fraction time, String reason) implements Composition {}

    /// One take.
    ///
    /// @param bits of information in it by the model without constraints, the end included
    /// @param tokens notes and rests
    record Sheet(Score score, double bits, int tokens) {}
}
