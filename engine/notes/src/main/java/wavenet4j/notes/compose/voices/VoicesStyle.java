package wavenet4j.notes.compose.voices;

import wavenet4j.notes.markov.KneserNey;
import wavenet4j.notes.markov.TokenClasses;
import wavenet4j.notes.markov.Tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The slices of a corpus, numbered.
final class VoicesStyle {
    private final int barTicks;
    private final List<Slice> slices = new ArrayList<>();
    private final List<int[]> sequences = new ArrayList<>();

    /// @param pieces of one meter and one number of voices
    VoicesStyle(int barTicks, List<List<Slice>> pieces) {
        this.barTicks = barTicks;
        Map<Slice, Integer> numbers = new HashMap<>();
        for (List<Slice> piece : pieces) {
            sequences.add(
                    piece.stream()
                            .mapToInt(slice -> numbers.computeIfAbsent(slice, this::number))
                            .toArray());
        }
    }

    private int number(Slice slice) {
        slices.add(slice);
        return slices.size() - 1;
    }

    int barTicks() {
        return barTicks;
    }

    List<Slice> slices() {
        return List.copyOf(slices);
    }

    /// Learns from the sequences.
    ///
    /// @param order the most tokens that it looks back
    KneserNey model(int order) {
        return KneserNey.of(timed(), sequences, classes(), prior(), order);
    }

    /// Slots and lengths for the model.
    Tokens timed() {
        return new Tokens(
                barTicks,
                slices.stream().mapToInt(Slice::slot).toArray(),
                slices.stream().mapToInt(Slice::length).toArray());
    }

    private TokenClasses classes() {
        return new SliceClasses(barTicks, slices);
    }

    /// Every slice and end of a slot is equally likely beforehand.
    private double[] prior() {
        double[] prior = new double[slices.size() + barTicks];
        Arrays.fill(prior, 1);
        return prior;
    }
}
