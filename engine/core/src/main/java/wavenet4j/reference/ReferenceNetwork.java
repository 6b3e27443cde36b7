package wavenet4j.reference;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.backend.SilentState;
import wavenet4j.backend.SingleStreamNetwork;
import wavenet4j.distribution.Distribution;

import java.util.Arrays;

/// The network in plain loops, as the papers have it (van den Oord et al., "WaveNet", 2016; the
/// delay lines: Le Paine et al., "Fast Wavenet Generation Algorithm", 2016). It is what every other
/// backend is compared with, and is never made faster at the cost of being read.
final class ReferenceNetwork implements SingleStreamNetwork {
    private final ModelSpec spec;
    private final Weights weights;
    private final Weights.Layer[] layers;
    private final float[][] layerBiases; // [L][2G], the conditioned ones
    // Of each layer: a ring of its last (K-1)d + 1 inputs, [R] each.
    private final float[][][] delayLines;
    private final float[] skip; // [S], the sum over the layers at the latest tick
    private float[] outputs = {}; // of the latest head
    private long ticks;

    /// The bytes of the Java heap that one takes: mostly its delay lines.
    static long bytes(ModelSpec spec) {
        int header = 16; // of an array; and it is referred to
        long row = header + Long.BYTES + (long) Float.BYTES * spec.trunk().input();
        long rows = spec.receptiveField() - 1L + spec.layers();
        return rows * row + (long) Float.BYTES * spec.layers() * spec.trunk().biases();
    }

    ReferenceNetwork(Model model) {
        spec = model.spec();
        weights = model.weights();
        layers = new Weights.Layer[spec.layers()];
        layerBiases = new float[layers.length][];
        delayLines = new float[layers.length][][];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = weights.layer(spec, i);
            int length = (spec.convolutions().kernelSize() - 1) * layers[i].dilation() + 1;
            delayLines[i] = new float[length][spec.convolutions().residual()];
        }
        skip = new float[spec.trunk().skip()];
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void setLayerBias(int stream, float[][] biases) {
        for (int i = 0; i < layers.length; i++) layerBiases[i] = biases[i].clone();
    }

    /// By a whole receptive field of ticks: the oracle of [SilentState].
    @Override
    public void silence(int stream, SilentState state) {
        for (int t = 0; t < spec.receptiveField(); t++) tick(spec.quantizer().silence());
    }

    @Override
    public void tick(int level) {
        float[] x = embed(level);
        Arrays.fill(skip, 0);
        for (Weights.Layer layer : layers) add(skip, layer.skipBias());
        for (int i = 0; i < layers.length; i++) {
            Weights.Layer layer = layers[i];
            float[] z = gate(dilatedConvolution(i, x));
            addProduct(skip, layer.skipWeight(), z);
            if (layer.residualWeight() == null || layer.residualBias() == null) break; // the last
            float[] update = layer.residualBias().clone();
            addProduct(update, layer.residualWeight(), z);
            add(x, update);
        }
        ticks++;
    }

    /// The first layer's input, `[R]`.
    private float[] embed(int level) {
        int residual = spec.convolutions().residual();
        return switch (spec.distribution()) {
            case Distribution.Categorical _ ->
                    Arrays.copyOfRange(
                            weights.tensor("input.embedding"),
                            level * residual,
                            (level + 1) * residual);
            case Distribution.LogisticMixture logistics -> {
                float[] x = weights.tensor("input.bias").clone();
                var amplitude = new float[] {logistics.quantizer().decode(level)};
                addProduct(x, weights.tensor("input.weight"), amplitude);
                yield x;
            }
        };
    }

    @Override
    public void head() {
        float[] hidden = weights.tensor("head.hidden.bias").clone();
        addProduct(hidden, weights.tensor("head.hidden.weight"), relu(skip));
        outputs = weights.tensor("head.output.bias").clone();
        addProduct(outputs, weights.tensor("head.output.weight"), relu(hidden));
    }

    @Override
    public float[] outputs(int stream) {
        return outputs;
    }

    @Override
    public void close() {}

    /// `Wdil * [x(t-(K-1)d) .. x(t-d), x(t)] + b`, [2G]; x(t) goes into the delay line.
    private float[] dilatedConvolution(int i, float[] x) {
        Weights.Layer layer = layers[i];
        float[][] ring = delayLines[i];
        System.arraycopy(x, 0, ring[Math.floorMod(ticks, ring.length)], 0, x.length);
        float[] h = layerBiases[i].clone();
        int taps = spec.convolutions().kernelSize();
        float[] weight = layer.dilatedWeight(); // [2G, R, K]
        for (int k = 0; k < taps; k++) {
            int age = (taps - 1 - k) * layer.dilation();
            float[] past = ring[Math.floorMod(ticks - age, ring.length)];
            for (int o = 0; o < h.length; o++) {
                for (int r = 0; r < x.length; r++) {
                    h[o] = Math.fma(weight[(o * x.length + r) * taps + k], past[r], h[o]);
                }
            }
        }
        return h;
    }

    /// `tanh(h[0:G]) * sigmoid(h[G:2G])`, `[G]`.
    private static float[] gate(float[] h) {
        var z = new float[h.length / 2];
        for (int g = 0; g < z.length; g++) {
            double sigmoid = 1 / (1 + StrictMath.exp(-h[z.length + g]));
            z[g] = (float) (StrictMath.tanh(h[g]) * sigmoid);
        }
        return z;
    }

    private static float[] relu(float[] x) {
        var y = new float[x.length];
        for (int i = 0; i < x.length; i++) y[i] = Math.max(x[i], 0);
        return y;
    }

    private static void add(float[] sum, float[] x) {
        for (int i = 0; i < sum.length; i++) sum[i] += x[i];
    }

    /// `sum += weight * x`, where the weight is [sum.length, x.length].
    private static void addProduct(float[] sum, float[] weight, float[] x) {
        for (int o = 0; o < sum.length; o++) {
            for (int j = 0; j < x.length; j++) {
                sum[o] = Math.fma(weight[o * x.length + j], x[j], sum[o]);
            }
        }
    }
}
