package wavenet4j.cpu;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.Precision;
import wavenet4j.Take;
import wavenet4j.TickGenerator;
import wavenet4j.WaveNet;
import wavenet4j.Weights;

import java.util.Arrays;

/// The network on vectors. Nothing needs a layer's share of the skip sum before the head does: all
/// z of a tick are kept, and the head begins with one product over them.
final class CpuGenerator extends TickGenerator {
    private final int levels;
    private final int gates;
    private final int paddedGates;
    private final Layer[] layers;
    private final DelayLines delayLines;
    private final Head head;
    private final float[] embedding; // [Q, padded R]
    private final float[] x; // [padded R], the input of the layer at hand
    private final float[] update; // [padded R]
    private final float[][] h; // [2, padded G]: filter, then gate; of this layer and the next
    private final float[] z; // [L, G] of the latest tick, then zeros

    /// One gated residual layer.
    ///
    /// @param learned its tensors
    /// @param past the taps of the dilated convolution but the last, the oldest first, each [2
    ///   padded G, R]
    /// @param present the last tap, [2 padded G, R]
    /// @param bias [2 padded G], the learned bias plus the labels' share
    /// @param residual [R, G]
    /// @param residualBias [padded R]
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Layer(
            Weights.Layer learned,
            Product[] past,
            Product present,
            float[] bias,
            Product residual,
            float[] residualBias) {}

    CpuGenerator(WaveNet model, Precision precision) {
        super(model, new VectorPicker(model.spec().levels()));
        ModelSpec spec = model.spec();
        levels = spec.levels();
        gates = spec.channels().gate();
        paddedGates = Lanes.padded(gates);
        x = new float[Product.paddedOutputs(spec.channels().residual())];
        update = new float[x.length];
        h = new float[2][Product.paddedOutputs(2 * paddedGates)];
        z = new float[spec.layers() * gates + paddedGates];
        layers = new Layer[spec.layers()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = pack(model.weights().layer(spec, i), spec, precision);
        }
        delayLines = new DelayLines(spec, x.length);
        head = new Head(model, precision);
        embedding = new float[levels * x.length];
        int residual = spec.channels().residual();
        for (int q = 0; q < levels; q++) {
            float[] rows = model.weights().tensor("input.embedding");
            System.arraycopy(rows, q * residual, embedding, q * x.length, residual);
        }
        reset(Take.ofSeed(0));
    }

    /// The length of the longest array that a network of that shape needs.
    static long longestArray(ModelSpec spec) {
        var c = spec.channels();
        long residual = Product.paddedOutputs(c.residual());
        long skip = Product.paddedOutputs(c.skip());
        long head = Product.paddedOutputs(c.head());
        long longest = DelayLines.length(spec, (int) residual);
        longest = Math.max(longest, spec.levels() * residual);
        longest = Math.max(longest, skip * (spec.layers() + 4) * c.gate());
        longest = Math.max(longest, head * (c.skip() + 4));
        return Math.max(longest, Product.paddedOutputs(spec.levels()) * (c.head() + 4L));
    }

    @Override
    protected void tick(int level) {
        embed(level);
        sumPast(0);
        for (int i = 0; i < layers.length; i++) {
            gate(i);
            if (i == layers.length - 1) break;
            sumPast(i + 1); // waits for nothing, so it goes on while the gate divides
            addResidual(i);
        }
    }

    @Override
    protected void head(float[] logits) {
        head.apply(z, logits);
    }

    /// Under a constant level each layer's input is constant too: with that in all of its delay
    /// line, one tick gives what a receptive field of ticks would, to the last bit.
    @Override
    protected void silence(float[] labelEmbedding) {
        embed(levels / 2);
        for (int i = 0; i < layers.length; i++) {
            setBias(layers[i], labelEmbedding);
            delayLines.fill(i, x);
            sumPast(i);
            gate(i);
            if (i < layers.length - 1) addResidual(i);
        }
    }

    @Override
    public void close() {}

    private void embed(int level) {
        System.arraycopy(embedding, level * x.length, x, 0, x.length);
    }

    /// h = bias + Wdil * [x(t-(K-1)d) .. x(t-d)]
    private void sumPast(int i) {
        Layer layer = layers[i];
        float[] h = this.h[i % 2];
        System.arraycopy(layer.bias, 0, h, 0, h.length);
        for (int k = 0; k < layer.past.length; k++) {
            layer.past[k].apply(h, delayLines.rows(), delayLines.at(i, k), h);
        }
    }

    /// h += Wdil * x(t); z = tanh(h[0:G]) * sigmoid(h[G:2G])
    private void gate(int i) {
        float[] h = this.h[i % 2];
        layers[i].present.apply(h, x, 0, h);
        delayLines.push(i, x);
        Gate.apply(h, paddedGates, z, i * gates);
    }

    /// x += Wres * z + b: now the next layer's input
    private void addResidual(int i) {
        Layer layer = layers[i];
        layer.residual.apply(layer.residualBias, z, i * gates, update);
        for (int r = 0; r < x.length; r++) x[r] += update[r];
    }

    /// The layer's bias for a take: the learned one plus what the labels add at every tick.
    private void setBias(Layer layer, float[] labelEmbedding) {
        var sum = layer.learned.dilatedBias().clone();
        float[] weight = layer.learned.labelWeight(); // [2G, E]
        if (weight != null) {
            int length = labelEmbedding.length;
            for (int o = 0; o < sum.length; o++) {
                for (int e = 0; e < length; e++) {
                    sum[o] = Math.fma(weight[o * length + e], labelEmbedding[e], sum[o]);
                }
            }
        }
        System.arraycopy(sum, 0, layer.bias, 0, gates);
        System.arraycopy(sum, gates, layer.bias, paddedGates, gates);
    }

    private Layer pack(Weights.Layer learned, ModelSpec spec, Precision precision) {
        int residual = spec.channels().residual();
        var taps = new Product[spec.kernelSize()];
        for (int k = 0; k < taps.length; k++) {
            var tap = new float[2 * paddedGates * residual];
            for (int o = 0; o < 2 * gates; o++) {
                int padded = o < gates ? o : o - gates + paddedGates;
                for (int r = 0; r < residual; r++) {
                    tap[padded * residual + r] =
                            learned.dilatedWeight()[(o * residual + r) * taps.length + k];
                }
            }
            taps[k] = Product.of(precision, tap, 2 * paddedGates, residual);
        }
        // The last layer has none; nothing asks for it.
        float[] residualWeight = orZeros(learned.residualWeight(), residual * gates);
        float[] residualBias = orZeros(learned.residualBias(), residual);
        return new Layer(
                learned,
                Arrays.copyOf(taps, taps.length - 1),
                taps[taps.length - 1],
                new float[h[0].length],
                Product.of(precision, residualWeight, residual, gates),
                Arrays.copyOf(residualBias, x.length));
    }

    private static float[] orZeros(float @Nullable [] learned, int length) {
        return learned == null ? new float[length] : learned;
    }
}
