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
    private final float[] h; // [2, padded G]: filter, then gate
    private final float[] z; // [L, G] of the latest tick, then zeros

    /// One gated residual layer.
    ///
    /// @param learned its tensors
    /// @param taps of the dilated convolution, from the oldest to the present, each [2 padded G, R]
    /// @param bias [2 padded G], the learned bias plus the labels' share
    /// @param residual [R, G], or null in the last layer
    /// @param residualBias [padded R], or null in the last layer
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Layer(
            Weights.Layer learned,
            Product[] taps,
            float[] bias,
            @Nullable Product residual,
            float @Nullable [] residualBias) {}

    CpuGenerator(WaveNet model, Precision precision) {
        super(model);
        ModelSpec spec = model.spec();
        levels = spec.levels();
        gates = spec.channels().gate();
        paddedGates = Lanes.padded(gates);
        x = new float[Product.paddedOutputs(spec.channels().residual())];
        update = new float[x.length];
        h = new float[Product.paddedOutputs(2 * paddedGates)];
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
        System.arraycopy(embedding, level * x.length, x, 0, x.length);
        for (int i = 0; i < layers.length; i++) run(i);
    }

    @Override
    protected void head(float[] logits) {
        head.apply(z, logits);
    }

    /// Under a constant level each layer's input is constant too: with that in its delay line, one
    /// run gives what a receptive field of ticks would, to the last bit.
    @Override
    protected void silence(float[] labelEmbedding) {
        System.arraycopy(embedding, levels / 2 * x.length, x, 0, x.length);
        for (int i = 0; i < layers.length; i++) {
            setBias(layers[i], labelEmbedding);
            delayLines.fill(i, x);
            run(i);
        }
    }

    @Override
    public void close() {}

    /// x becomes the next layer's input, and z gets layer `i`'s share.
    private void run(int i) {
        Layer layer = layers[i];
        Product[] taps = layer.taps;
        int present = taps.length - 1;
        float[] sum = layer.bias;
        for (int k = 0; k < present; k++) {
            taps[k].apply(sum, delayLines.rows(), delayLines.at(i, k), h);
            sum = h;
        }
        taps[present].apply(sum, x, 0, h);
        delayLines.push(i, x);
        Gate.apply(h, paddedGates, z, i * gates);
        if (layer.residual == null || layer.residualBias == null) return; // the last
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
        var bias = new float[h.length];
        float[] residualWeight = learned.residualWeight();
        float[] residualBias = learned.residualBias();
        if (residualWeight == null || residualBias == null) {
            return new Layer(learned, taps, bias, null, null);
        }
        return new Layer(
                learned,
                taps,
                bias,
                Product.of(precision, residualWeight, residual, gates),
                Arrays.copyOf(residualBias, x.length));
    }
}
