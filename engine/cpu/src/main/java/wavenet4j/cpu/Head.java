package wavenet4j.cpu;

import static wavenet4j.cpu.ResidualLayers.START;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.cpu.internal.kernels.Kernels;
import wavenet4j.cpu.internal.kernels.Product;
import wavenet4j.spec.Precision;

import java.util.Arrays;

/// The head: the sum of the skips over the layers, then two dense layers, each behind a rectifier.
/// Two threads share one stream's head by parts; each stage needs the one before from both.
final class Head {
    private final Product[] skips; // of each layer, [S, G]
    private final Product hiddenWeight; // [A, S]
    private final Product outputWeight; // [Q or 3M, A]
    private final float[][] skipBias; // [8, padded S], the sum over the layers for each stream
    private final float[][] hiddenBias; // [8, padded A]
    private final float[][] outputBias; // [8, padded Q or 3M]

    Head(Model model, Precision precision, Kernels kernels) {
        ModelSpec spec = model.spec();
        Weights weights = model.weights();
        var c = spec.convolutions();
        skips = new Product[spec.layers()];
        var skipBiases = new float[Product.paddedOutputs(c.skip())];
        for (int i = 0; i < skips.length; i++) {
            Weights.Layer layer = weights.layer(spec, i);
            skips[i] = kernels.product(precision, layer.skipWeight(), c.skip(), c.gate());
            for (int s = 0; s < c.skip(); s++) skipBiases[s] += layer.skipBias()[s];
        }
        hiddenWeight =
                kernels.product(
                        precision,
                        weights.tensor("head.hidden.weight"),
                        spec.head().hidden(),
                        c.skip());
        outputWeight =
                kernels.product(
                        precision == Precision.INT8 ? Precision.BFLOAT16 : precision,
                        weights.tensor("head.output.weight"),
                        spec.distribution().width(),
                        spec.head().hidden());
        skipBias = Product.repeat(skipBiases);
        float[] ofHidden = weights.tensor("head.hidden.bias");
        hiddenBias = Product.repeat(Arrays.copyOf(ofHidden, hiddenWeight.outputs));
        float[] ofOutput = weights.tensor("head.output.bias");
        outputBias = Product.repeat(Arrays.copyOf(ofOutput, outputWeight.outputs));
    }

    /// The length of the longest array that the head of such a network needs.
    static long longestArray(ModelSpec spec) {
        var c = spec.convolutions();
        long skip = Product.paddedOutputs(c.skip()) * (c.gate() + 4L);
        long hidden = Product.paddedOutputs(spec.head().hidden()) * (c.skip() + 4L);
        long output =
                Product.paddedOutputs(spec.distribution().width()) * (spec.head().hidden() + 4L);
        return Math.max(skip, Math.max(hidden, output));
    }

    /// The weights of all products of such a head, padded.
    static long weights(ModelSpec spec) {
        var c = spec.convolutions();
        int hidden = spec.head().hidden();
        return spec.layers() * Product.weights(c.skip(), c.gate())
                + Product.weights(hidden, c.skip())
                + Product.weights(spec.distribution().width(), hidden);
    }

    /// The blocks in which the outputs of the skips can be shared out.
    int skipBlocks() {
        return skips[0].blocks();
    }

    /// All of it, for one thread.
    Part whole() {
        return new Part(
                skips[0].rows(0, skipBlocks()),
                hiddenWeight.rows(0, hiddenWeight.blocks()),
                outputWeight.rows(0, outputWeight.blocks()));
    }

    /// One of two parts: the first has that many blocks of the skips, and the smaller half of the
    /// rest.
    Part first(int blocks) {
        return new Part(
                skips[0].rows(0, blocks),
                hiddenWeight.rows(0, hiddenWeight.blocks() / 2),
                outputWeight.rows(0, outputWeight.blocks() / 2));
    }

    /// The other of the two parts.
    Part second(int blocks) {
        return new Part(
                skips[0].rows(blocks, skipBlocks()),
                hiddenWeight.rows(hiddenWeight.blocks() / 2, hiddenWeight.blocks()),
                outputWeight.rows(outputWeight.blocks() / 2, outputWeight.blocks()));
    }

    /// The padded number of skip channels.
    int skipLength() {
        return skipBias[0].length;
    }

    /// The padded number of head channels.
    int hiddenLength() {
        return hiddenBias[0].length;
    }

    /// The padded number of outputs.
    int outputLength() {
        return outputBias[0].length;
    }

    /// The outputs that one thread computes at each stage.
    final class Part {
        private final Product.Rows skipRows;
        private final Product.Rows hiddenRows;
        private final Product.Rows outputRows;

        private Part(Product.Rows skipRows, Product.Rows hiddenRows, Product.Rows outputRows) {
            this.skipRows = skipRows;
            this.hiddenRows = hiddenRows;
            this.outputRows = outputRows;
        }

        /// All stages, for one thread.
        void apply(StreamBatch batch, ResidualLayers layers) {
            for (int i = 0; i < skips.length; i++) addSkip(batch, i, batch.z, layers.atZ(i));
            applyHidden(batch);
            applyOutput(batch);
        }

        /// skip += Wskip * z + b, layer by layer, then rectified.
        ///
        /// @param z [streams, L * padded G], the batch's own or a copy
        /// @param at where the layer's z begins
        void addSkip(StreamBatch batch, int layer, float[][] z, int[] at) {
            float[][] sum = layer == 0 ? skipBias : batch.skip;
            batch.multiply(skips[layer], sum, z, at, batch.skip, skipRows);
            if (layer == skips.length - 1) relu(batch.skip, skipRows);
        }

        /// hidden = relu(W * relu(skip) + b); needs the skips of all parts.
        void applyHidden(StreamBatch batch) {
            batch.multiply(hiddenWeight, hiddenBias, batch.skip, START, batch.hidden, hiddenRows);
            relu(batch.hidden, hiddenRows);
        }

        /// output = W * hidden + b; needs the hidden layer of all parts.
        void applyOutput(StreamBatch batch) {
            batch.multiply(outputWeight, outputBias, batch.hidden, START, batch.output, outputRows);
        }
    }

    private static void relu(float[][] x, Product.Rows rows) {
        for (float[] row : x) relu(row, rows.first(), rows.end());
    }

    /// Zeroes what is negative; NaN stays NaN.
    private static void relu(float[] x, int from, int to) {
        for (int i = from; i < to; i++) x[i] = Math.max(x[i], 0);
    }
}
