package wavenet4j.cpu;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.cpu.internal.kernels.Kernels;
import wavenet4j.cpu.internal.kernels.Product;
import wavenet4j.cpu.internal.kernels.ScalarKernels;
import wavenet4j.spec.Precision;

import java.util.Arrays;

/// The weights of the gated residual layers, and one stream's way through them in pieces that a
/// generator calls in the order that suits it. Any number of streams and threads share them.
final class ResidualLayers {
    private final Kernels kernels;
    private final ResidualLayers inPlainLoops; // the same, to the same bits
    private final int silence;
    private final int gates;
    private final int paddedGates;
    private final int residualLength;
    private final int gateLength;
    private final Layer[] layers;
    private final InputEmbedding ear;
    private final float[][] zeros; // [8, padded 2G]

    /// One gated residual layer.
    ///
    /// @param learned its tensors
    /// @param past the taps of the dilated convolution but the last, the oldest first, each [2
    ///   padded G, R]
    /// @param present the last tap, [2 padded G, R]
    /// @param sumsAhead whether the past is summed up for eight ticks at once
    /// @param residual [R, G]
    /// @param residualBias [padded R]
    /// @param residualBiases [8, padded R], the same row for each of eight streams
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Layer(
            Weights.Layer learned,
            Product[] past,
            Product present,
            boolean sumsAhead,
            Product residual,
            float[] residualBias,
            float[][] residualBiases) {}

    ResidualLayers(Model model, Precision precision, Kernels kernels) {
        this.kernels = kernels;
        inPlainLoops =
                kernels instanceof ScalarKernels
                        ? this
                        : new ResidualLayers(model, precision, new ScalarKernels());
        ModelSpec spec = model.spec();
        silence = spec.quantizer().silence();
        gates = spec.convolutions().gate();
        paddedGates = Product.padded(gates);
        residualLength = Product.paddedOutputs(spec.convolutions().residual());
        gateLength = Product.paddedOutputs(2 * paddedGates);
        zeros = Product.eightTimes(new float[gateLength]);
        layers = new Layer[spec.layers()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = pack(model.weights().layer(spec, i), spec, precision);
        }
        ear = InputEmbedding.of(model, residualLength);
    }

    /// The length of the longest array that the layers of such a network need.
    static long longestArray(ModelSpec spec) {
        int residual = Product.paddedOutputs(spec.convolutions().residual());
        return Math.max(
                DelayLines.length(spec, residual), InputEmbedding.longestArray(spec, residual));
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

    /// Under a constant level each layer's input is constant too: with that in all of its delay
    /// line, one tick gives what a receptive field of ticks would, to the last bit.
    ///
    /// In plain loops, because this tick comes before all others: vectors that are not compiled yet
    /// take many times as long.
    void silence(StreamMemory s) {
        inPlainLoops.tickInSilence(s);
    }

    private void tickInSilence(StreamMemory s) {
        hear(s, silence);
        for (int i = 0; i < layers.length; i++) {
            s.past.fill(i, s.x);
            if (layers[i].sumsAhead()) sumAhead(s, i);
            sumPast(s, i);
            gate(s, i);
            if (i < layers.length - 1) addResidual(s, i);
        }
    }

    /// All layers, in an order in which the past of the next layer, which waits for nothing, is
    /// summed up while the gate divides.
    void tick(StreamMemory s, int level) {
        hear(s, level);
        sumPast(s, 0);
        for (int i = 0; i < layers.length; i++) {
            gate(s, i);
            if (i == layers.length - 1) break;
            sumPast(s, i + 1);
            addResidual(s, i);
        }
    }

    /// The same for eight, each with a level of its own.
    void tick(StreamBatch e, int[] level) {
        for (int n = 0; n < level.length; n++) hear(e.streams[n], level[n]);
        sumPast(e, 0);
        for (int i = 0; i < layers.length; i++) {
            gate(e, i);
            if (i == layers.length - 1) break;
            sumPast(e, i + 1);
            addResidual(e, i);
        }
    }

    /// x = the first layer's input
    void hear(StreamMemory s, int level) {
        ear.hear(level, s.x);
        s.ticks++;
    }

    /// h = bias + Wdil * [x(t-(K-1)d) .. x(t-d)]
    void sumPast(StreamMemory s, int i) {
        Layer layer = layers[i];
        if (layer.sumsAhead()) {
            takePastSummedAhead(s, i);
            return;
        }
        System.arraycopy(s.bias[i], 0, s.h, 0, gateLength);
        for (int k = 0; k < layer.past().length; k++) {
            layer.past()[k].apply(s.h, s.past.rows(), s.past.at(i, k, 0), s.h);
        }
    }

    /// The same in a layer whose dilation is so long that the past of the next ticks is known.
    private void takePastSummedAhead(StreamMemory s, int i) {
        int turn = (int) ((s.ticks + i) % Product.EIGHT); // each tick it is other layers' turn
        if (turn == 0) sumAhead(s, i);
        float[] bias = s.bias[i];
        float[] sum = s.ahead[i][turn];
        for (int j = 0; j < gateLength; j++) s.h[j] = bias[j] + sum[j];
    }

    private void sumAhead(StreamMemory s, int i) {
        Layer layer = layers[i];
        float[][] from = zeros;
        for (int k = 0; k < layer.past().length; k++) {
            int[] at = s.past.atNextEight(i, k);
            Product tap = layer.past()[k];
            tap.addToEight(0, tap.inputs, from, s.past.rowsOfEight(), at, s.ahead[i]);
            from = s.ahead[i];
        }
    }

    /// h += Wdil * x(t); z = tanh(h[0:G]) * sigmoid(h[G:2G])
    void gate(StreamMemory s, int i) {
        layers[i].present().apply(s.h, s.x, 0, s.h);
        s.past.push(i, s.x);
        kernels.gate(s.h, paddedGates, s.z, i * paddedGates);
    }

    /// x += Wres * z + b: now the next layer's input
    void addResidual(StreamMemory s, int i) {
        Layer layer = layers[i];
        layer.residual().apply(layer.residualBias(), s.z, i * paddedGates, s.update);
        Product.add(s.x, s.update, residualLength);
    }

    /// [#sumPast(Stream, int)] of eight.
    private void sumPast(StreamBatch e, int i) {
        Layer layer = layers[i];
        if (layer.sumsAhead()) {
            for (StreamMemory s : e.streams) takePastSummedAhead(s, i);
            return;
        }
        for (StreamMemory s : e.streams) System.arraycopy(s.bias[i], 0, s.h, 0, gateLength);
        for (int k = 0; k < layer.past().length; k++) {
            layer.past()[k].applyToEight(e.h, e.pastRows, e.atPast(i, k), e.h, e.scratch);
        }
    }

    /// [#gate(Stream, int)] of eight.
    private void gate(StreamBatch e, int i) {
        layers[i].present().applyToEight(e.h, e.x, e.at(0), e.h, e.scratch);
        for (StreamMemory s : e.streams) {
            s.past.push(i, s.x);
            kernels.gate(s.h, paddedGates, s.z, i * paddedGates);
        }
    }

    /// [#addResidual(Stream, int)] of eight.
    private void addResidual(StreamBatch e, int i) {
        Layer layer = layers[i];
        int[] at = e.at(i * paddedGates);
        layer.residual().applyToEight(layer.residualBiases(), e.z, at, e.update, e.scratch);
        for (StreamMemory s : e.streams) Product.add(s.x, s.update, residualLength);
    }

    /// Each layer's bias for the ticks from here on: the learned one plus what the labels add.
    void condition(StreamMemory s, float[] labelEmbedding) {
        for (int i = 0; i < layers.length; i++) {
            for (int o = 0; o < 2 * gates; o++) {
                s.bias[i][padded(o)] = layers[i].learned().bias(o, labelEmbedding);
            }
        }
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
                learned,
                Arrays.copyOf(taps, taps.length - 1),
                taps[taps.length - 1],
                taps.length > 1 && learned.dilation() >= Product.EIGHT,
                kernels.product(precision, residualWeight, residual, gates),
                residualBias,
                Product.eightTimes(residualBias));
    }

    private static float[] orZeros(float @Nullable [] learned, int length) {
        return learned == null ? new float[length] : learned;
    }
}
