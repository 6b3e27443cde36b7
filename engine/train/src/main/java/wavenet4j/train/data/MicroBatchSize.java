package wavenet4j.train.data;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.DilatedConvolutions;

/// How many windows of a batch are computed at once, as a micro-batch. The gradients of the
/// micro-batches add up, so that the size decides memory and time and, of the result, only the
/// rounding.
public sealed interface MicroBatchSize {
    /// Windows in a micro-batch, at least one.
    ///
    /// @param targets of the longest window, to which the others are padded
    int rows(int targets);

    /// At most that many targets, padding included.
    record Targets(int most) implements MicroBatchSize {
        @Override
        public int rows(int targets) {
            return Math.max(1, most / targets);
        }
    }

    /// As many windows as fit into that memory by [#bytesOfWindow].
    record Memory(ModelSpec spec, long bytes) implements MicroBatchSize {
        @Override
        public int rows(int targets) {
            return Math.clamp(bytes / bytesOfWindow(spec, targets), 1, Integer.MAX_VALUE);
        }
    }

    /// Whichever is smaller.
    record Smaller(MicroBatchSize one, MicroBatchSize other) implements MicroBatchSize {
        @Override
        public int rows(int targets) {
            return Math.min(one.rows(targets), other.rows(targets));
        }
    }

    /// The memory for half of a micro-batch.
    static long bytesOfHalf(ModelSpec spec, Batch microBatch) {
        return microBatch.rows() / 2 * bytesOfWindow(spec, microBatch.targets());
    }

    /// The bytes that one window takes forward and backward, estimated from the arrays that
    /// autograd keeps: every array of the forward pass stays until the micro-batch is done, and the
    /// backward pass adds the gradients of the widest arrays. With T targets and a layer that
    /// computes t times (T and what the later layers need before them), in floats:
    ///
    /// - the embedded inputs: `R (field + T - 1)`, and their indices, two floats wide;
    /// - layer i: taps side by side `K R`, before the gate `2G` (twice with labels), tanh, sigmoid
    ///   and their product `3G`, residual and sum `2R`: `t (K R + 5G [+ 2G] + 2R)`;
    /// - the head: all z side by side `L G`, skip `2S`, hidden `2A`, logits and their log-softmax
    ///   `2Q`: `T (L G + 2S + 2A + 2Q)`;
    /// - backward, at its start: the gradients of both of the logits' arrays and of all z, `T (L G
    ///   + 2Q)`; later ones take the place of these;
    /// - for a mixture, in place of `4Q`, outputs and gradients `6M` and some thirty arrays of M on
    ///   the way to the likelihood.
    static long bytesOfWindow(ModelSpec spec, int targets) {
        DilatedConvolutions c = spec.convolutions();
        long gates = spec.labels().names().isEmpty() ? 5L : 7L;
        long layer = (long) c.kernelSize() * c.residual() + gates * c.gate() + 2L * c.residual();
        long times = targets + spec.receptiveField() - 1L;
        long floats = times * (c.residual() + 2L);
        for (int dilation : c.dilations()) {
            times -= (c.kernelSize() - 1L) * dilation;
            floats += times * layer;
        }
        long z = (long) spec.layers() * c.gate();
        floats +=
                targets
                        * (2 * z
                                + 2L * c.skip()
                                + 2L * spec.head().hidden()
                                + outputs(spec.distribution()));
        return Float.BYTES * floats;
    }

    private static long outputs(Distribution output) {
        return switch (output) {
            case Distribution.Categorical(int levels) -> 4L * levels;
            case Distribution.LogisticMixture(int mixtures) -> 36L * mixtures;
        };
    }
}
