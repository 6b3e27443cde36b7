package wavenet4j.cpu;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.cpu.internal.kernels.Kernels;
import wavenet4j.cpu.internal.kernels.Product;
import wavenet4j.spec.Precision;

import java.util.Arrays;

/// The weights from all z of a tick to the outputs: the sum of the skips, then two dense layers,
/// each behind a rectifier. Threads share one stream's head by parts; each stage needs the one
/// before from all parts.
final class Head {
    private final Product[] skips; // of each layer, [S, G]
    private final Product hiddenWeight; // [A, S]
    private final Product outputWeight; // [Q or 3M, A]
    private final float[] skipBias; // [padded S], the sum over the layers
    private final float[] hiddenBias; // [padded A]
    private final float[] outputBias; // [padded Q or 3M]
    private final float[][] skipBiases; // [8, padded S], the same row for each of eight streams
    private final float[][] hiddenBiases; // [8, padded A]
    private final float[][] outputBiases; // [8, padded Q or 3M]

    Head(Model model, Precision precision, Kernels kernels) {
        ModelSpec spec = model.spec();
        Weights weights = model.weights();
        var c = spec.convolutions();
        skips = new Product[spec.layers()];
        skipBias = new float[Product.paddedOutputs(c.skip())];
        for (int i = 0; i < skips.length; i++) {
            Weights.Layer layer = weights.layer(spec, i);
            skips[i] = kernels.product(precision, layer.skipWeight(), c.skip(), c.gate());
            for (int s = 0; s < c.skip(); s++) skipBias[s] += layer.skipBias()[s];
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
        hiddenBias = Arrays.copyOf(weights.tensor("head.hidden.bias"), hiddenWeight.outputs);
        outputBias = Arrays.copyOf(weights.tensor("head.output.bias"), outputWeight.outputs);
        skipBiases = Product.eightTimes(skipBias);
        hiddenBiases = Product.eightTimes(hiddenBias);
        outputBiases = Product.eightTimes(outputBias);
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

    /// All of it, for eight streams.
    void apply(StreamBatch e, int gates) {
        float[][] from = skipBiases;
        for (int i = 0; i < skips.length; i++) {
            skips[i].applyToEight(from, e.z, e.at(i * gates), e.skip, e.scratch);
            from = e.skip;
        }
        rectify(e.skip);
        hiddenWeight.applyToEight(hiddenBiases, e.skip, e.at(0), e.hidden, e.scratch);
        rectify(e.hidden);
        outputWeight.applyToEight(outputBiases, e.hidden, e.at(0), e.output, e.scratch);
    }

    /// The padded number of skip channels.
    int skipLength() {
        return skipBias.length;
    }

    /// The padded number of head channels.
    int hiddenLength() {
        return hiddenBias.length;
    }

    /// The padded number of outputs.
    int outputLength() {
        return outputBias.length;
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

        /// skip += Wskip * z + b, layer by layer, then rectified.
        ///
        /// @param z `[L, gates]`, the stream's or a copy
        /// @param gates the padded gate channels
        void addSkip(StreamMemory s, int layer, float[] z, int gates) {
            float[] from = layer == 0 ? skipBias : s.skip;
            skips[layer].apply(from, z, layer * gates, s.skip, skipRows);
            if (layer == skips.length - 1) rectify(s.skip, skipRows.from(), skipRows.to());
        }

        /// hidden = relu(W * relu(skip) + b); needs the skips of all parts.
        void applyHidden(StreamMemory s) {
            hiddenWeight.apply(hiddenBias, s.skip, 0, s.hidden, hiddenRows);
            rectify(s.hidden, hiddenRows.from(), hiddenRows.to());
        }

        /// output = W * hidden + b; needs the hidden layer of all parts.
        void applyOutput(StreamMemory s) {
            outputWeight.apply(outputBias, s.hidden, 0, s.output, outputRows);
        }
    }

    private static void rectify(float[][] x) {
        for (float[] row : x) rectify(row, 0, row.length);
    }

    /// Zeroes what is negative; NaN stays NaN.
    private static void rectify(float[] x, int from, int to) {
        for (int i = from; i < to; i++) x[i] = Math.max(x[i], 0);
    }
}
