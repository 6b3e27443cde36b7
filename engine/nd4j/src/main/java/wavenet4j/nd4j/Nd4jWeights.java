package wavenet4j.nd4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.distribution.Distribution;

import java.util.ArrayList;
import java.util.List;

/// The weights as arrays whose rows are the inputs of a product and whose columns its outputs. Any
/// number of networks share them.
final class Nd4jWeights {
    final Model model;
    final InputEmbedding embedding;
    final Layer[] layers;
    final INDArray skip; // [L * G, S]: all layers' z at once
    final INDArray skipBias; // [1, S], the sum over the layers
    final INDArray hidden; // [S, A]
    final INDArray hiddenBias; // [1, A]
    final INDArray output; // [A, Q or 3M]
    final INDArray outputBias; // [1, Q or 3M]
    private final List<INDArray> all = new ArrayList<>();

    /// The first layer's input, from the latest level.
    sealed interface InputEmbedding {
        /// A row for each level.
        ///
        /// @param table [Q, R]
        record Embedding(INDArray table) implements InputEmbedding {}

        /// Multiples of the amplitude.
        ///
        /// @param weight [1, R]
        /// @param bias [1, R]
        record Amplitude(INDArray weight, INDArray bias) implements InputEmbedding {}
    }

    /// One gated residual layer.
    ///
    /// @param taps of the dilated convolution, the oldest first, each [R, 2G]
    /// @param residual [G, R], or null in the last layer
    /// @param residualBias [1, R], or null in the last layer
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Layer(INDArray[] taps, @Nullable INDArray residual, @Nullable INDArray residualBias) {}

    Nd4jWeights(Model model) {
        this.model = model;
        ModelSpec spec = model.spec();
        Weights weights = model.weights();
        var c = spec.convolutions();
        embedding = embedding(weights, spec);
        layers = new Layer[spec.layers()];
        var skips = new float[spec.layers() * c.gate() * c.skip()]; // [S, L * G], column-major
        var skipBiases = new float[c.skip()];
        for (int i = 0; i < layers.length; i++) {
            Weights.Layer learned = weights.layer(spec, i);
            layers[i] = layer(learned, spec);
            for (int s = 0; s < c.skip(); s++) {
                skipBiases[s] += learned.skipBias()[s];
                int to = (s * spec.layers() + i) * c.gate();
                System.arraycopy(learned.skipWeight(), s * c.gate(), skips, to, c.gate());
            }
        }
        skip = array(skips, 'f', spec.layers() * c.gate(), c.skip());
        skipBias = array(skipBiases, 'c', 1, c.skip());
        hidden = array(weights.tensor("head.hidden.weight"), 'f', c.skip(), spec.head().hidden());
        hiddenBias = array(weights.tensor("head.hidden.bias"), 'c', 1, spec.head().hidden());
        output =
                array(
                        weights.tensor("head.output.weight"),
                        'f',
                        spec.head().hidden(),
                        spec.distribution().width());
        outputBias = array(weights.tensor("head.output.bias"), 'c', 1, spec.distribution().width());
    }

    /// The number of weights in the largest array of such a network.
    static long largest(ModelSpec spec) {
        return (long) spec.layers() * spec.convolutions().gate() * spec.trunk().skip();
    }

    private InputEmbedding embedding(Weights weights, ModelSpec spec) {
        int residual = spec.convolutions().residual();
        return switch (spec.distribution()) {
            case Distribution.Categorical(int levels) ->
                    new InputEmbedding.Embedding(
                            array(weights.tensor("input.embedding"), 'c', levels, residual));
            case Distribution.LogisticMixture _ ->
                    new InputEmbedding.Amplitude(
                            array(weights.tensor("input.weight"), 'c', 1, residual),
                            array(weights.tensor("input.bias"), 'c', 1, residual));
        };
    }

    private Layer layer(Weights.Layer learned, ModelSpec spec) {
        int residual = spec.convolutions().residual();
        int gate = spec.convolutions().gate();
        var taps = new INDArray[spec.convolutions().kernelSize()];
        for (int k = 0; k < taps.length; k++) {
            var tap = new float[2 * gate * residual];
            for (int j = 0; j < tap.length; j++) {
                tap[j] = learned.dilatedWeight()[j * taps.length + k];
            }
            taps[k] = array(tap, 'f', residual, 2 * gate);
        }
        float[] weight = learned.residualWeight();
        float[] bias = learned.residualBias();
        return new Layer(
                taps,
                weight == null ? null : array(weight, 'f', gate, residual),
                bias == null ? null : array(bias, 'c', 1, residual));
    }

    /// Row-major [out, in], as a model has it, is column-major [in, out].
    private INDArray array(float[] values, char order, int rows, int columns) {
        INDArray array = Nd4j.create(values, new long[] {rows, columns}, order);
        all.add(array);
        return array;
    }

    /// Frees the arrays; closing twice is harmless.
    void close() {
        for (INDArray array : all) {
            if (!array.wasClosed()) array.close();
        }
    }
}
