package wavenet4j.train.vector;

import wavenet4j.distribution.LinearPcm;
import wavenet4j.train.kernels.Rows;

/// The first layer's inputs: an embedding of each level, or for a mixture of logistics an affine
/// function of its amplitude.
sealed interface InputLayer {
    /// Writes the inputs, [levels, R].
    void forward(float[] weights, long[] levels, Rows x);

    /// Adds the gradients of its weights to that of all weights.
    void backward(long[] levels, Rows xGradient, float[] gradient);

    /// A row of the table for each level.
    ///
    /// @param from where the table `[Q, R]` begins among all weights
    record Embedding(Workers workers, int from, int channels, PartialSums sums)
            implements InputLayer {
        Embedding(Workers workers, int from, int levels, int channels) {
            this(workers, from, channels, new PartialSums(workers, levels, channels));
        }

        @Override
        public void forward(float[] weights, long[] levels, Rows x) {
            workers.eachBlock(
                    levels.length,
                    0,
                    (_, _, begin, end) -> {
                        for (int row = begin; row < end; row++) {
                            int at = from + (int) levels[row] * channels;
                            System.arraycopy(
                                    weights, at, x.values(), x.at() + row * x.stride(), channels);
                        }
                    });
        }

        @Override
        public void backward(long[] levels, Rows xGradient, float[] gradient) {
            workers.eachBlock(
                    levels.length,
                    0,
                    (part, _, begin, end) -> {
                        float[] table = sums.of(part).values();
                        float[] values = xGradient.values();
                        for (int row = begin; row < end; row++) {
                            int to = (int) levels[row] * channels;
                            int at = xGradient.at() + row * xGradient.stride();
                            for (int c = 0; c < channels; c++) table[to + c] += values[at + c];
                        }
                    });
            sums.drain((first, count, sum) -> {
                for (int i = 0; i < count; i++) gradient[from + first + i] += sum[i];
            });
        }
    }

    /// A factor and an offset for each channel.
    ///
    /// @param weight where the weights `[R, 1]` begin among all weights
    /// @param bias where the bias `[R]` begins
    record Amplitude(Workers workers, int weight, int bias, int channels, PartialSums sums)
            implements InputLayer {
        Amplitude(Workers workers, int weight, int bias, int channels) {
            this(workers, weight, bias, channels, new PartialSums(workers, 2, channels));
        }

        @Override
        public void forward(float[] weights, long[] levels, Rows x) {
            var pcm = new LinearPcm();
            workers.eachBlock(
                    levels.length,
                    0,
                    (_, _, begin, end) -> {
                        for (int row = begin; row < end; row++) {
                            float amplitude = pcm.decode((int) levels[row]);
                            int at = x.at() + row * x.stride();
                            for (int c = 0; c < channels; c++) {
                                x.values()[at + c] =
                                        weights[weight + c] * amplitude + weights[bias + c];
                            }
                        }
                    });
        }

        @Override
        public void backward(long[] levels, Rows xGradient, float[] gradient) {
            var pcm = new LinearPcm();
            workers.eachBlock(
                    levels.length,
                    0,
                    (part, _, begin, end) -> {
                        float[] sum = sums.of(part).values();
                        for (int row = begin; row < end; row++) {
                            float amplitude = pcm.decode((int) levels[row]);
                            int at = xGradient.at() + row * xGradient.stride();
                            for (int c = 0; c < channels; c++) {
                                float g = xGradient.values()[at + c];
                                sum[c] += amplitude * g;
                                sum[channels + c] += g;
                            }
                        }
                    });
            sums.drain((first, count, sum) -> {
                for (int i = 0; i < count; i++) {
                    int c = first + i;
                    gradient[c < channels ? weight + c : bias + c - channels] += sum[i];
                }
            });
        }
    }
}
