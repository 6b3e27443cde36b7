package wavenet4j;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Quantizer;
import wavenet4j.distribution.Sampling;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One running stream of samples: a view of [Streams] that hold one. It is used by one thread at a
/// time, and allocates nothing once it is made. How a take is cut into calls never changes it. What
/// a backend opened throws [IllegalStateException] where two threads use it at once, or any after
/// it was closed.
public final class Generator implements AutoCloseable {
    private static final int CHUNK = 256; // levels decoded at once

    private final Streams streams;
    private final Quantizer quantizer;
    private final int[] chunk = new int[CHUNK];
    private final int[][] levels = new int[1][];

    /// @param streams one stream, closed with the generator
    /// @throws IllegalArgumentException when there are more
    public Generator(Streams streams) {
        if (streams.count() != 1) {
            throw new IllegalArgumentException("a generator is one stream, not " + streams.count());
        }
        this.streams = streams;
        quantizer = streams.model().spec().quantizer();
    }

    /// The model that generates.
    public Model model() {
        return streams.model();
    }

    /// How many threads compute, the caller's included. No result depends on it.
    public int threads() {
        return streams.threads();
    }

    /// Begins a take after an excerpt of the training recordings, as [Streams#begin(List)] does, or
    /// after silence where the model holds no excerpts.
    ///
    /// @throws IllegalArgumentException as [#reset(Take)] does
    public void begin(Take take) {
        streams.begin(List.of(take));
    }

    /// Begins a take in the state after a receptive field of silence. A new generator is as after
    /// `reset(Take.ofSeed(0))`.
    ///
    /// @throws IllegalArgumentException when a label of the take is none of the model's, or its
    ///   sampling not for such a model
    public void reset(Take take) {
        streams.reset(0, take);
    }

    /// Feeds existing samples, which count as part of the take.
    ///
    /// @param levels the model's, of which those in [from, to) are fed
    /// @throws IllegalArgumentException when one is not a level of the model
    public void prime(int[] levels, int from, int to) {
        streams.prime(0, levels, from, to);
    }

    /// Draws the next `to - from` samples, each fed back before the next, into `levels[from, to)`.
    public void generate(int[] levels, int from, int to) {
        this.levels[0] = levels;
        streams.generate(this.levels, from, to);
    }

    /// The same samples as amplitudes in [-1, 1].
    public void generate(float[] samples, int from, int to) {
        Objects.checkFromToIndex(from, to, samples.length);
        for (int at = from; at < to; ) {
            int count = Math.min(to - at, CHUNK);
            generate(chunk, 0, count);
            for (int i = 0; i < count; i++) samples[at + i] = quantizer.decode(chunk[i]);
            at += count;
        }
    }

    /// Changes how samples are drawn, from the next one on.
    ///
    /// @throws IllegalArgumentException when that is not for such a model
    public void steer(Sampling sampling) {
        streams.steer(0, sampling);
    }

    /// Replaces the labels from the next sample that is fed or drawn, whose successor's
    /// distribution is the first to differ. The delay lines stay, so that the sound changes without
    /// a break.
    ///
    /// @param labels of the model with their shares, named as in a [Take]
    /// @throws IllegalArgumentException when a label is none of the model's or a share is not a
    ///   finite number; the take goes on as it was
    public void label(Map<String, Float> labels) {
        streams.label(0, labels);
    }

    /// The outputs of the network for the next sample, before any temperature: logits, or the
    /// parameters of a mixture, as [ModelSpec#distribution()] says.
    ///
    /// @param into at least [Distribution#width()] long
    public void outputs(float[] into) {
        streams.outputs(0, into);
    }

    /// Closes the streams. Closing twice is harmless.
    @Override
    public void close() {
        streams.close();
    }
}
