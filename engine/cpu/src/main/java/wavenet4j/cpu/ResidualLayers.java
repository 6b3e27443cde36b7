package wavenet4j.cpu;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.cpu.internal.kernels.Kernels;
import wavenet4j.cpu.internal.kernels.Product;
import wavenet4j.spec.Precision;

import java.util.Arrays;

/// The gated residual layers: their weights in the order of the kernels, and the way of a batch of
/// streams through them. Any number of batches and threads share them.
final class ResidualLayers {
    /// The place of an input that begins its array, `[8]`.
    static final int[] START = new int[Product.BATCH];

    private final Kernels kernels;
    private final int gates;
    private final int paddedGates;
    private final int residualLength;
    private final int gateLength;
    private final Layer[] layers;
    private final InputEmbedding embedding;
    private final int[][] atZ; // [L][8], where a layer's z begins in the z of each stream
    private final float[][] zeros; // [8, padded 2G]

    /// Called on the thread that goes through the layers, as soon as the z of layer `i` is known.
    @FunctionalInterface
    interface AfterGate {
        /// Does nothing.
        AfterGate NOTHING = _ -> {};

        void gated(int i);
    }

    /// One gated residual layer.
    ///
    /// @param past the taps of the dilated convolution but the last, the oldest first, each [2
    ///   padded G, R]
    /// @param present the last tap, [2 padded G, R]
    /// @param sumsAhead whether the past is summed up for eight ticks at once
    /// @param residual [R, G]
    /// @param residualBias [8, padded R], the same row for each stream
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Layer(
            Product[] past,
            Product present,
            boolean sumsAhead,
            Product residual,
            float[][] residualBias) {}

    ResidualLayers(Model model, Precision precision, Kernels kernels) {
        this.kernels = kernels;
        ModelSpec spec = model.spec();
        gates = spec.convolutions().gate();
        paddedGates = Product.padded(gates);
        residualLength = Product.paddedOutputs(spec.convolutions().residual());
        gateLength = Product.paddedOutputs(2 * paddedGates);
        zeros = Product.repeat(new float[gateLength]);
        layers = new Layer[spec.layers()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = pack(model.weights().layer(spec, i), spec, precision);
        }
        atZ = new int[layers.length][Product.BATCH];
        for (int i = 0; i < layers.length; i++) Arrays.fill(atZ[i], i * paddedGates);
        embedding = InputEmbedding.of(model, residualLength);
    }

    /// The length of the longest array that the layers of such a network need.
    static long longestArray(ModelSpec spec) {
        int residual = Product.paddedOutputs(spec.convolutions().residual());
        return Math.max(DelayLines.length(spec, residual), embeddingLength(spec));
    }

    /// The length of the table of levels, or what stands in its place.
    static long embeddingLength(ModelSpec spec) {
        int residual = Product.paddedOutputs(spec.convolutions().residual());
        return InputEmbedding.longestArray(spec, residual);
    }

    /// The weights of all products of such layers, padded.
    static long weights(ModelSpec spec) {
        var c = spec.convolutions();
        long tap = Product.weights(2 * Product.padded(c.gate()), c.residual());
        return spec.layers() * (c.kernelSize() * tap + Product.weights(c.residual(), c.gate()));
    }

    /// Whether a layer of that dilation has its past summed up for eight ticks at once.
    static boolean sumsAhead(int taps, int dilation) {
        return taps > 1 && dilation >= Product.BATCH;
    }

    /// What computes.
    Kernels kernels() {
        return kernels;
    }

    int count() {
        return layers.length;
    }

    /// Whether a layer's past is summed up for eight ticks at once.
    boolean sumsAhead(int i) {
        return layers[i].sumsAhead();
    }

    /// The gate channels of a layer, padded: the length of its z.
    int gates() {
        return paddedGates;
    }

    /// The padded length of a layer's input.
    int residualLength() {
        return residualLength;
    }

    /// The padded length of a layer's filter and gate together.
    int gateLength() {
        return gateLength;
    }

    /// Where the z of a layer begins in the z of each stream, `[8]`.
    int[] atZ(int layer) {
        return atZ[layer];
    }

    /// Feeds each stream its level. The past of the next layer, which depends on nothing of this
    /// tick, is summed up while the gate divides.
    void tick(StreamBatch batch, int[] levels, AfterGate after) {
        embed(batch, levels);
        sumPast(batch, 0);
        for (int i = 0; i < layers.length; i++) {
            gate(batch, i);
            after.gated(i);
            if (i == layers.length - 1) break;
            sumPast(batch, i + 1);
            addResidual(batch, i);
        }
    }

    /// x = the first layer's input
    void embed(StreamBatch batch, int[] levels) {
        for (int n = 0; n < batch.streams.length; n++) {
            embedding.embed(levels[n], batch.streams[n].x);
            batch.streams[n].ticks++;
        }
    }

    /// h = bias + Wdil * [x(t-(K-1)d) .. x(t-d)]
    void sumPast(StreamBatch batch, int i) {
        Layer layer = layers[i];
        for (StreamMemory s : batch.streams) {
            if (layer.sumsAhead()) takePastSummedAhead(s, i);
            else System.arraycopy(s.bias[i], 0, s.h, 0, gateLength);
        }
        if (layer.sumsAhead()) return;
        for (int k = 0; k < layer.past().length; k++) batch.addPast(layer.past()[k], i, k);
    }

    /// The same in a layer whose dilation is so long that the past of the next ticks is known: it
    /// is summed for eight ticks at once, in each tick for another eighth of the layers.
    private void takePastSummedAhead(StreamMemory s, int i) {
        boolean turn = (s.ticks + i) % Product.BATCH == 0;
        if (turn || s.ticks - s.aheadTick[i] >= Product.BATCH) sumAhead(s, i);
        float[] bias = s.bias[i];
        float[] sum = s.ahead[i][(int) (s.ticks - s.aheadTick[i])];
        for (int j = 0; j < gateLength; j++) s.h[j] = bias[j] + sum[j];
    }

    private void sumAhead(StreamMemory s, int i) {
        Layer layer = layers[i];
        float[][] sum = zeros;
        for (int k = 0; k < layer.past().length; k++) {
            int[] at = s.past.atNextTicks(i, k);
            Product tap = layer.past()[k];
            tap.addBatch(0, tap.inputs, sum, s.past.rowsOfBatch(), at, s.ahead[i]);
            sum = s.ahead[i];
        }
        s.aheadTick[i] = s.ticks;
    }

    /// h += Wdil * x(t); z = tanh(h[0:G]) * sigmoid(h[G:2G])
    void gate(StreamBatch batch, int i) {
        batch.multiply(layers[i].present(), batch.h, batch.x, START, batch.h);
        for (StreamMemory s : batch.streams) {
            s.past.push(i, s.x);
            kernels.gate(s.h, paddedGates, s.z, i * paddedGates);
        }
    }

    /// x += Wres * z + b: the next layer's input
    void addResidual(StreamBatch batch, int i) {
        Layer layer = layers[i];
        batch.multiply(layer.residual(), layer.residualBias(), batch.z, atZ[i], batch.update);
        for (StreamMemory s : batch.streams) Product.add(s.x, s.update, residualLength);
    }

    /// Where an output of the dilated convolution is, with padding behind filter and gate.
    private int padded(int output) {
        return output < gates ? output : output - gates + paddedGates;
    }

    private Layer pack(Weights.Layer learned, ModelSpec spec, Precision precision) {
        int residual = spec.convolutions().residual();
        var taps = new Product[spec.convolutions().kernelSize()];
        for (int k = 0; k < taps.length; k++) {
            var tap = new float[2 * paddedGates * residual];
            for (int o = 0; o < 2 * gates; o++) {
                for (int r = 0; r < residual; r++) {
                    tap[padded(o) * residual + r] =
                            learned.dilatedWeight()[(o * residual + r) * taps.length + k];
                }
            }
            taps[k] = kernels.product(precision, tap, 2 * paddedGates, residual);
        }
        // The last layer has none; nothing asks for it.
        float[] residualWeight = orZeros(learned.residualWeight(), residual * gates);
        float[] residualBias =
                Arrays.copyOf(orZeros(learned.residualBias(), residual), residualLength);
        return new Layer(
                Arrays.copyOf(taps, taps.length - 1),
                taps[taps.length - 1],
                sumsAhead(taps.length, learned.dilation()),
                kernels.product(precision, residualWeight, residual, gates),
                Product.repeat(residualBias));
    }

    private static float[] orZeros(float @Nullable [] learned, int length) {
        return learned == null ? new float[length] : learned;
    }
}
