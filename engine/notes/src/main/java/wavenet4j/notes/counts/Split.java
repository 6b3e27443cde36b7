package wavenet4j.notes.counts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Pieces of a corpus by what they are for.
///
/// @param training counted
/// @param tuning for settings
/// @param heldOut for the figure that is reported
public record Split<T>(List<T> training, List<T> tuning, List<T> heldOut) {
    public Split {
        training = List.copyOf(training);
        tuning = List.copyOf(tuning);
        heldOut = List.copyOf(heldOut);
    }

    /// By the place in their order: of ten each, from 0, the ninth is held out and the tenth is for
    /// tuning.
    public static <T> Split<T> of(List<T> pieces) {
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < pieces.size(); i++) numbers.add(i);
        return of(pieces, numbers, 9);
    }

    /// By the last digits of their numbers: those with an 8 are held out.
    ///
    /// @param tuning the digit of those for tuning
    /// @throws IllegalArgumentException when there is not a number for each piece
    public static <T> Split<T> of(List<T> pieces, List<Integer> numbers, int tuning) {
        if (pieces.size() != numbers.size()) {
            throw new IllegalArgumentException(
                    "%d pieces have %d numbers".formatted(pieces.size(), numbers.size()));
        }
        var training = new ArrayList<T>();
        var tune = new ArrayList<T>();
        var heldOut = new ArrayList<T>();
        for (int i = 0; i < pieces.size(); i++) {
            int digit = Math.floorMod(numbers.get(i), 10);
            (digit == 8 ? heldOut : digit == tuning ? tune : training).add(pieces.get(i));
        }
        return new Split<>(training, tune, heldOut);
    }

    /// The same pieces as something else.
    public <U> Split<U> map(Function<T, U> change) {
        return new Split<>(
                training.stream().map(change).toList(),
                tuning.stream().map(change).toList(),
                heldOut.stream().map(change).toList());
    }
}
