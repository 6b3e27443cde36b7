package wavenet4j.cpu.internal.kernels;

import java.util.Arrays;

/// Int8 weights in the loops of [ScalarProduct], with the sums over whole numbers scaled at their
/// end as in [Int8Product]. Used by one thread at a time, or by several on different rows.
final class ScalarInt8Product extends Product {
    private final ScalarProduct whole;
    private final float[] scales; // [outputs]
    private final float[] zeros; // [outputs]
    private final float[] wholes; // [outputs], a sum over whole numbers
    private final float[] part; // [outputs], a partial sum

    ScalarInt8Product(float[] weight, int outputs, int inputs) {
        super(outputs, inputs);
        var int8 = Int8Weights.of(weight, outputs, inputs);
        whole = new ScalarProduct(int8.whole(), outputs, inputs);
        scales = int8.scales();
        zeros = new float[this.outputs];
        wholes = new float[this.outputs];
        part = new float[this.outputs];
    }

    @Override
    public void apply(float[] bias, float[] x, int at, float[] sum, Rows rows) {
        int length = inputs / parts;
        add(0, length, bias, x, at, sum, rows);
        for (int first = length; first < inputs; first += length) {
            add(first, first + length, zeros, x, at, part, rows);
            for (int o = rows.first(); o < rows.end(); o++) sum[o] += part[o];
        }
    }

    @Override
    public void addBatch(int first, int end, float[][] bias, float[][] x, int[] at, float[][] sum) {
        for (int n = 0; n < BATCH; n++) add(first, end, bias[n], x[n], at[n], sum[n], all);
    }

    private void add(int first, int end, float[] bias, float[] x, int at, float[] sum, Rows rows) {
        Arrays.fill(wholes, rows.first(), rows.end(), 0);
        whole.addInputs(first, end, x, at, wholes, rows);
        for (int o = rows.first(); o < rows.end(); o++) {
            sum[o] = Math.fma(wholes[o], scales[o], bias[o]);
        }
    }
}
