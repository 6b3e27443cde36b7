package wavenet4j.cpu;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.LinearPcm;

import java.util.Arrays;

/// The first layer's input, from the latest level.
sealed interface InputEmbedding {
    /// The embedding of that network.
    ///
    /// @param length of the first layer's input, padded
    static InputEmbedding of(Model model, int length) {
        Weights weights = model.weights();
        return switch (model.spec().distribution()) {
            case Distribution.Categorical(int levels) -> {
                float[] rows = weights.tensor("input.embedding");
                int residual = model.spec().convolutions().residual();
                var table = new float[levels * length];
                for (int q = 0; q < levels; q++) {
                    System.arraycopy(rows, q * residual, table, q * length, residual);
                }
                yield new Embedding(table);
            }
            case Distribution.LogisticMixture _ ->
                    new Amplitude(
                            new LinearPcm(),
                            Arrays.copyOf(weights.tensor("input.weight"), length),
                            Arrays.copyOf(weights.tensor("input.bias"), length));
        };
    }

    /// The length of the longest array that the embedding of such a network needs.
    static long longestArray(ModelSpec spec, int length) {
        return switch (spec.distribution()) {
            case Distribution.Categorical(int levels) -> (long) levels * length;
            case Distribution.LogisticMixture _ -> length;
        };
    }

    /// Writes the first layer's input over `x`.
    void embed(int level, float[] x);

    /// A row for each level.
    ///
    /// @param table [Q, padded R]
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Embedding(float[] table) implements InputEmbedding {
        @Override
        public void embed(int level, float[] x) {
            System.arraycopy(table, level * x.length, x, 0, x.length);
        }
    }

    /// `x = weight * amplitude + bias`
    ///
    /// @param weight [padded R]
    /// @param bias [padded R]
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Amplitude(LinearPcm pcm, float[] weight, float[] bias) implements InputEmbedding {
        @Override
        public void embed(int level, float[] x) {
            float amplitude = pcm.decode(level);
            for (int r = 0; r < x.length; r++) x[r] = Math.fma(weight[r], amplitude, bias[r]);
        }
    }
}
