package wavenet4j;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Sampling;

import java.util.Map;

/// One running stream of samples. It owns every buffer it will ever need, and is used by one thread
/// at a time. How a take is cut into calls never changes it.
public interface Generator extends AutoCloseable {
    /// The model that speaks.
    Model model();

    /// How many threads compute, the caller's included. No result depends on it.
    int threads();

    /// Begins a take: the state is the one after a receptive field's worth of silence (level Q/2).
    /// A new generator is as after `reset(Take.ofSeed(0))`.
    ///
    /// @throws IllegalArgumentException when a label of the take is none of the model's, or its
    ///   sampling not for such a model
    void reset(Take take);

    /// Feeds existing samples, which count as part of the take.
    ///
    /// @param levels the model's, of which those in [from, to) are fed
    /// @throws IllegalArgumentException when one is not a level of the model
    void prime(int[] levels, int from, int to);

    /// Draws the next `to - from` samples, each fed back before the next, into `levels[from, to)`.
    void generate(int[] levels, int from, int to);

    /// The same samples as amplitudes in [-1, 1], ready to be played.
    void generate(float[] samples, int from, int to);

    /// Draws otherwise from the next sample on; the take goes on. Allocates nothing.
    ///
    /// @throws IllegalArgumentException when that is not for such a model
    void steer(Sampling sampling);

    /// Replaces the labels of the take that goes on: every sample fed or drawn from here on is
    /// heard under the new ones. (The distribution of the next sample is known already; the one
    /// after it is the first to differ.) What the network remembers stays, so the sound passes over
    /// without a break. Allocates nothing as long as all is well.
    ///
    /// @param labels names among the model's labels with their shares, as in a [Take]
    /// @throws IllegalArgumentException when a label is none of the model's or a share is not a
    ///   finite number; the take goes on as it was
    void label(Map<String, Float> labels);

    /// The outputs of the network for the sample that comes next, before any temperature: logits,
    /// or the parameters of a mixture, as [ModelSpec#distribution()] says.
    ///
    /// @param into at least [Distribution#width()] long
    void outputs(float[] into);

    /// Frees what it owns; it is not used again. Closing twice is harmless.
    @Override
    void close();
}
