package wavenet4j.cpu.internal.kernels;

import java.util.Arrays;

/// Weights in float32, or rounded to what float32 holds exactly, in loops over the outputs that the
/// compiler makes vectors of: only where all arrays are read at the same place, hence an array for
/// each input. Used by one thread at a time, or by several on different rows.
final class ScalarProduct extends Product {
    private final float[][] weights; // [inputs, outputs]
    private final float[] part; // [outputs], a partial sum

    ScalarProduct(float[] weight, int outputs, int inputs) {
        super(outputs, inputs);
        weights = new float[this.inputs][this.outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                weights[i][o] = weight[o * inputs + i];
            }
        }
        part = new float[this.outputs];
    }

    @Override
    public void apply(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        int length = inputs / parts;
        System.arraycopy(bias, rows.first(), sum, rows.first(), rows.end() - rows.first());
        addInputs(0, length, x, at, sum, rows);
        for (int first = length; first < inputs; first += length) {
            Arrays.fill(part, rows.first(), rows.end(), 0);
            addInputs(first, first + length, x, at, part, rows);
            for (int o = rows.first(); o < rows.end(); o++) sum[o] += part[o];
        }
    }

    @Override
    public void addBatch(int first, int end, float[][] bias, float[][] x, int[] at, float[][] sum) {
        for (int n = 0; n < BATCH; n++) {
            System.arraycopy(bias[n], 0, sum[n], 0, outputs);
            addInputs(first, end, x[n], at[n], sum[n], all);
        }
    }

    /// `sum += weight * x[at, ...)`, the share of the inputs [first, end) in those outputs
    void addInputs(int first, int end, float[] x, int at, float[] sum, Rows rows) {
        int i = first;
        for (; i + 4 <= end; i += 4) addFour(i, x, at + i, sum, rows.first(), rows.end());
        for (; i < end; i++) addOne(weights[i], x[at + i], sum, rows.first(), rows.end());
    }

    private void addFour(int i, float[] x, int at, float[] sum, int from, int to) {
        float[] w0 = weights[i];
        float[] w1 = weights[i + 1];
        float[] w2 = weights[i + 2];
        float[] w3 = weights[i + 3];
        float x0 = x[at];
        float x1 = x[at + 1];
        float x2 = x[at + 2];
        float x3 = x[at + 3];
        for (int o = from; o < to; o++) {
            float s = Math.fma(w0[o], x0, sum[o]);
            s = Math.fma(w1[o], x1, s);
            s = Math.fma(w2[o], x2, s);
            sum[o] = Math.fma(w3[o], x3, s);
        }
    }

    private static void addOne(float[] weights, float x, float[] sum, int from, int to) {
        for (int o = from; o < to; o++) sum[o] = Math.fma(weights[o], x, sum[o]);
    }
}
