package wavenet4j.backend;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.distribution.Distribution;

import java.util.Arrays;

/// The state of a network after a receptive field of silence. Under a constant level each layer's
/// input is constant too, so one pass through the layers gives what a receptive field of ticks
/// would.
public final class SilentState {
    private final Model model;
    private final Weights.Layer[] layers;
    private final float[][] biases; // [L][2G], those that it is computed for
    private final float[][] inputs; // [L][R]
    private final float[][] gated; // [L][G]
    private final float[] h; // [2G]
    private boolean computed;

    SilentState(Model model) {
        this.model = model;
        ModelSpec spec = model.spec();
        layers = new Weights.Layer[spec.layers()];
        Arrays.setAll(layers, i -> model.weights().layer(spec, i));
        biases = new float[layers.length][spec.trunk().biases()];
        inputs = new float[layers.length][spec.trunk().input()];
        gated = new float[layers.length][spec.convolutions().gate()];
        h = new float[spec.trunk().biases()];
    }

    /// Each layer's input, which fills its delay line: [L, R].
    public float[][] inputs() {
        return inputs;
    }

    /// Each layer's gated activation, from which the head computes its outputs: [L, G].
    public float[][] gated() {
        return gated;
    }

    /// Computes it for these biases, where it was computed for others.
    void compute(float[][] wanted) {
        if (computed && Arrays.deepEquals(wanted, biases)) return;
        for (int i = 0; i < biases.length; i++) {
            System.arraycopy(wanted[i], 0, biases[i], 0, h.length);
        }
        computed = true;
        embedSilence(inputs[0]);
        for (int i = 0; i < layers.length; i++) {
            dilatedConvolution(i);
            gate(gated[i]);
            if (i < layers.length - 1) addResidual(i);
        }
    }

    private void embedSilence(float[] x) {
        int level = model.spec().quantizer().silence();
        switch (model.spec().distribution()) {
            case Distribution.Categorical _ -> {
                float[] table = model.weights().tensor("input.embedding"); // [Q, R]
                System.arraycopy(table, level * x.length, x, 0, x.length);
            }
            case Distribution.LogisticMixture _ -> {
                float amplitude = model.spec().quantizer().decode(level);
                float[] weight = model.weights().tensor("input.weight");
                float[] bias = model.weights().tensor("input.bias");
                for (int r = 0; r < x.length; r++) x[r] = Math.fma(weight[r], amplitude, bias[r]);
            }
        }
    }

    /// `h = b + Wdil * [x .. x]`, where all taps read the same input.
    private void dilatedConvolution(int i) {
        float[] weight = layers[i].dilatedWeight(); // [2G, R, K]
        float[] x = inputs[i];
        int taps = weight.length / h.length / x.length;
        for (int o = 0; o < h.length; o++) {
            float sum = biases[i][o];
            for (int k = 0; k < taps; k++) {
                for (int r = 0; r < x.length; r++) {
                    sum = Math.fma(weight[(o * x.length + r) * taps + k], x[r], sum);
                }
            }
            h[o] = sum;
        }
    }

    /// `z = tanh(h[0:G]) * sigmoid(h[G:2G])`
    private void gate(float[] z) {
        for (int g = 0; g < z.length; g++) {
            double sigmoid = 1 / (1 + StrictMath.exp(-h[z.length + g]));
            z[g] = (float) (StrictMath.tanh(h[g]) * sigmoid);
        }
    }

    /// The next layer's input: `x + Wres * z + b`.
    private void addResidual(int i) {
        float[] weight = layers[i].residualWeight(); // [R, G]
        float[] bias = layers[i].residualBias();
        if (weight == null || bias == null)
            throw new AssertionError("only the last layer has none");
        float[] z = gated[i];
        float[] next = inputs[i + 1];
        for (int r = 0; r < next.length; r++) {
            float update = bias[r];
            for (int g = 0; g < z.length; g++) {
                update = Math.fma(weight[r * z.length + g], z[g], update);
            }
            next[r] = inputs[i][r] + update;
        }
    }
}
