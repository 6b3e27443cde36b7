package wavenet4j.backend;

import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.distribution.Sampling;

import java.util.Objects;

/// What drawing needs of a running stream: seed, sampling, and its place in the take. No method
/// allocates unless it throws.
public final class StreamState {
    private final ModelSpec spec;
    private long seed;
    private Sampling sampling = Sampling.DEFAULT;
    private long position;

    /// A stream at the beginning of `Take.ofSeed(0)`.
    public StreamState(ModelSpec spec) {
        this.spec = spec;
    }

    /// Begins a take.
    ///
    /// @throws IllegalArgumentException when its sampling is not for such a model; nothing changes
    public void begin(Take take) {
        steer(take.sampling());
        seed = take.seed();
        position = 0;
    }

    /// Draws otherwise from the next sample on.
    ///
    /// @throws IllegalArgumentException when that is not for such a model; nothing changes
    public void steer(Sampling sampling) {
        spec.distribution().requireSampling(sampling);
        this.sampling = Objects.requireNonNull(sampling);
    }

    /// The key of its random numbers.
    public long seed() {
        return seed;
    }

    /// How levels are drawn.
    public Sampling sampling() {
        return sampling;
    }

    /// The number of samples drawn or fed since the take began: the counter of its random numbers.
    public long position() {
        return position;
    }

    /// Counts samples that were drawn or fed.
    public void advance(int samples) {
        position += samples;
    }

    /// Checks levels before they are fed.
    ///
    /// @throws IllegalArgumentException when one of `levels[from, to)` is not a level of the model
    public void requireLevels(int[] levels, int from, int to) {
        Objects.checkFromToIndex(from, to, levels.length);
        int most = spec.levels() - 1;
        for (int i = from; i < to; i++) {
            if (levels[i] < 0 || levels[i] > most) {
                throw new IllegalArgumentException(
                        "the level at " + i + " is " + levels[i] + "; the model has 0 to " + most);
            }
        }
    }
}
