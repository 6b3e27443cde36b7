package wavenet4j.cpu;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.Precision;
import wavenet4j.WaveNet;
import wavenet4j.Weights;

import java.util.Arrays;

/// The gated residual layers and what they remember, in pieces that a generator calls in the order
/// that suits it. All z of a tick are kept: nothing needs the skips before the head does.
final class Layers {
    // As many ticks as a product takes inputs at once.
    private static final int AHEAD = 4;

    private final int levels;
    private final int gates;
    private final int paddedGates;
    private final Layer[] layers;
    private final DelayLines delayLines;
    private final float[] embedding; // [Q, padded R]
    private final float[] x; // [padded R], the input of the layer at hand
    private final float[] update; // [padded R]
    private final float[] nothing; // [2 padded G], where the sums ahead begin
    private final float[][] h; // [L, 2 padded G]: filter, then gate
    private final float[] z; // [L, padded G] of the latest tick
    private final int[] rows = new int[AHEAD]; // in the delay line, of this tick and the next ones
    private long ticks;

    /// One gated residual layer.
    ///
    /// @param learned its tensors
    /// @param past the taps of the dilated convolution but the last, the oldest first, each [2
    ///   padded G, R]
    /// @param present the last tap, [2 padded G, R]
    /// @param ahead [AHEAD, 2 padded G], what the past gives to this tick and the next ones,
    ///   without the bias, which may change before they come; empty where the dilation is shorter
    /// @param bias [2 padded G], the learned bias plus the labels' share
    /// @param residual [R, G]
    /// @param residualBias [padded R]
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Layer(
            Weights.Layer learned,
            Product[] past,
            Product present,
            float[] ahead,
            float[] bias,
            Product residual,
            float[] residualBias) {}

    Layers(WaveNet model, Precision precision) {
        ModelSpec spec = model.spec();
        levels = spec.levels();
        gates = spec.channels().gate();
        paddedGates = Lanes.padded(gates);
        x = new float[Product.paddedOutputs(spec.channels().residual())];
        update = new float[x.length];
        layers = new Layer[spec.layers()];
        nothing = new float[Product.paddedOutputs(2 * paddedGates)];
        h = new float[layers.length][nothing.length];
        z = new float[layers.length * paddedGates];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = pack(model.weights().layer(spec, i), spec, precision);
        }
        delayLines = new DelayLines(spec, x.length);
        embedding = new float[levels * x.length];
        int residual = spec.channels().residual();
        for (int q = 0; q < levels; q++) {
            float[] rows = model.weights().tensor("input.embedding");
            System.arraycopy(rows, q * residual, embedding, q * x.length, residual);
        }
    }

    /// The length of the longest array that the layers of such a network need.
    static long longestArray(ModelSpec spec) {
        int residual = Product.paddedOutputs(spec.channels().residual());
        return Math.max(DelayLines.length(spec, residual), (long) spec.levels() * residual);
    }

    int count() {
        return layers.length;
    }

    /// The gate channels of a layer, padded: the length of its z.
    int gates() {
        return paddedGates;
    }

    float[] z() {
        return z;
    }

    /// Under a constant level each layer's input is constant too: with that in all of its delay
    /// line, one tick gives what a receptive field of ticks would, to the last bit.
    void silence() {
        embed(levels / 2);
        for (int i = 0; i < layers.length; i++) {
            delayLines.fill(i, x);
            if (layers[i].ahead.length > 0) sumAhead(i);
            sumPast(i);
            gate(i);
            if (i < layers.length - 1) addResidual(i);
        }
    }

    /// x = the embedding of the level: the first layer's input
    void embed(int level) {
        System.arraycopy(embedding, level * x.length, x, 0, x.length);
        ticks++;
    }

    /// h = bias + Wdil * [x(t-(K-1)d) .. x(t-d)]
    void sumPast(int i) {
        Layer layer = layers[i];
        float[] h = this.h[i];
        if (layer.ahead.length > 0) {
            int turn = (int) ((ticks + i) % AHEAD); // each tick it is the turn of other layers
            if (turn == 0) sumAhead(i);
            int at = turn * h.length;
            for (int o = 0; o < h.length; o++) h[o] = layer.bias[o] + layer.ahead[at + o];
        } else {
            System.arraycopy(layer.bias, 0, h, 0, h.length);
            for (int k = 0; k < layer.past.length; k++) {
                layer.past[k].apply(h, delayLines.rows(), delayLines.at(i, k, 0), h);
            }
        }
    }

    /// `Wdil * [x(t-(K-1)d) .. x(t-d)]` for this tick and the next ones: that past is known
    /// already.
    private void sumAhead(int i) {
        Layer layer = layers[i];
        float[] from = nothing;
        int step = 0;
        for (int k = 0; k < layer.past.length; k++) {
            for (int n = 0; n < AHEAD; n++) rows[n] = delayLines.at(i, k, n);
            layer.past[k].applyToFour(from, step, delayLines.rows(), rows, layer.ahead);
            from = layer.ahead;
            step = nothing.length;
        }
    }

    /// h += Wdil * x(t); z = tanh(h[0:G]) * sigmoid(h[G:2G])
    void gate(int i) {
        float[] h = this.h[i];
        layers[i].present.apply(h, x, 0, h);
        delayLines.push(i, x);
        Gate.apply(h, paddedGates, z, i * paddedGates);
    }

    /// x += Wres * z + b: now the next layer's input
    void addResidual(int i) {
        Layer layer = layers[i];
        layer.residual.apply(layer.residualBias, z, i * paddedGates, update);
        for (int r = 0; r < x.length; r++) x[r] += update[r];
    }

    /// Each layer's bias for the ticks from here on: the learned one plus what the labels add.
    void condition(float[] labelEmbedding) {
        for (Layer layer : layers) {
            for (int o = 0; o < 2 * gates; o++) {
                layer.bias[padded(o)] = bias(layer.learned, o, labelEmbedding);
            }
        }
    }

    private static float bias(Weights.Layer learned, int output, float[] labelEmbedding) {
        float sum = learned.dilatedBias()[output];
        float[] weight = learned.labelWeight(); // [2G, E]
        if (weight == null) return sum;
        int length = labelEmbedding.length;
        for (int e = 0; e < length; e++) {
            sum = Math.fma(weight[output * length + e], labelEmbedding[e], sum);
        }
        return sum;
    }

    /// Where an output of the dilated convolution is, with padding behind filter and gate.
    private int padded(int output) {
        return output < gates ? output : output - gates + paddedGates;
    }

    private Layer pack(Weights.Layer learned, ModelSpec spec, Precision precision) {
        int residual = spec.channels().residual();
        var taps = new Product[spec.kernelSize()];
        for (int k = 0; k < taps.length; k++) {
            var tap = new float[2 * paddedGates * residual];
            for (int o = 0; o < 2 * gates; o++) {
                for (int r = 0; r < residual; r++) {
                    tap[padded(o) * residual + r] =
                            learned.dilatedWeight()[(o * residual + r) * taps.length + k];
                }
            }
            taps[k] = Product.of(precision, tap, 2 * paddedGates, residual);
        }
        boolean isAhead = taps.length > 1 && learned.dilation() >= AHEAD;
        // The last layer has none; nothing asks for it.
        float[] residualWeight = orZeros(learned.residualWeight(), residual * gates);
        float[] residualBias = orZeros(learned.residualBias(), residual);
        return new Layer(
                learned,
                Arrays.copyOf(taps, taps.length - 1),
                taps[taps.length - 1],
                new float[isAhead ? AHEAD * h[0].length : 0],
                new float[h[0].length],
                Product.of(precision, residualWeight, residual, gates),
                Arrays.copyOf(residualBias, x.length));
    }

    private static float[] orZeros(float @Nullable [] learned, int length) {
        return learned == null ? new float[length] : learned;
    }
}
