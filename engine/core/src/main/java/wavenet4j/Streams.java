package wavenet4j;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Sampling;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Running streams on one model, each with a take of its own. They advance together, which is
/// faster than one by one; a stream is the same alone and in company. Used by one thread at a time:
/// what a backend opened throws [IllegalStateException] where two use it at once, or any after it
/// was closed.
public interface Streams extends AutoCloseable {
    /// The model that generates.
    Model model();

    /// How many streams there are; they are numbered from 0.
    int count();

    /// How many threads compute, the caller's included. No result depends on it.
    int threads();

    /// Begins a take on each of the streams, after the excerpt of the training recordings that
    /// [Model#prime(Take)] gives for it, which is not part of the take, or after silence where it
    /// gives none.
    ///
    /// @param takes as many as there are streams
    /// @throws IllegalArgumentException when there are more or fewer, or as [#reset(int, Take)]
    ///   does
    default void begin(List<Take> takes) {
        if (takes.size() != count()) {
            throw new IllegalArgumentException(
                    "there are %d takes for %d streams".formatted(takes.size(), count()));
        }
        var primes = new int[takes.size()][];
        for (int n = 0; n < primes.length; n++) {
            reset(n, takes.get(n));
            primes[n] = model().prime(takes.get(n));
        }
        int length = primes[0].length;
        if (Arrays.stream(primes).allMatch(prime -> prime.length == length)) {
            prime(primes, 0, length);
        } else {
            for (int n = 0; n < primes.length; n++) prime(n, primes[n], 0, primes[n].length);
        }
    }

    /// Begins a take after silence on one of the streams, as [Generator#reset(Take)] does.
    ///
    /// @throws IllegalArgumentException when a label of the take is none of the model's, or its
    ///   sampling not for such a model
    void reset(int stream, Take take);

    /// Changes how one of the streams draws, as [Generator#steer(Sampling)] does.
    ///
    /// @throws IllegalArgumentException when that is not for such a model
    void steer(int stream, Sampling sampling);

    /// Changes the labels of one of the streams, as [Generator#label(Map)] does.
    ///
    /// @throws IllegalArgumentException when a label is none of the model's or a share is not a
    ///   finite number; the take goes on as it was
    void label(int stream, Map<String, Float> labels);

    /// Feeds existing samples to one of the streams; the others stay where they are.
    ///
    /// @param levels the model's, of which those in [from, to) are fed
    /// @throws IllegalArgumentException when one is not a level of the model
    void prime(int stream, int[] levels, int from, int to);

    /// Feeds existing samples to all streams together.
    ///
    /// @param levels `[count]` arrays of the model's levels, of which those in [from, to) are fed
    /// @throws IllegalArgumentException when one is not a level of the model
    void prime(int[][] levels, int from, int to);

    /// Draws the next `to - from` samples of each stream into `levels[stream][from, to)`.
    void generate(int[][] levels, int from, int to);

    /// The outputs of the network for the sample that comes next on one of the streams, as
    /// [Generator#outputs] gives them.
    ///
    /// @param into at least [Distribution#width()] long
    void outputs(int stream, float[] into);

    /// Frees what it owns, once a call that another thread is in has ended; it is not used again.
    /// Closing twice is harmless.
    @Override
    void close();
}
