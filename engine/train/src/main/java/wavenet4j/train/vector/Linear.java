package wavenet4j.train.vector;

import static wavenet4j.train.kernels.Products.padded;

import wavenet4j.train.kernels.Elementwise;
import wavenet4j.train.kernels.Products;
import wavenet4j.train.kernels.Rows;
import wavenet4j.train.kernels.Taps;

/// A linear layer, `outputs = sum over taps of weights * inputs + bias` of each row, with its
/// gradients.
final class Linear {
    private final WeightMatrix matrix;
    private final int outputs;
    private final long[] biases;
    private final PartialSums sums;
    private final PartialSums biasSums;
    private final float[] bias;
    private final float[] noBias;

    /// @param outputs without padding
    /// @param biases where biases begin among all weights; they add up
    Linear(Workers workers, WeightMatrix matrix, int outputs, long... biases) {
        this.matrix = matrix;
        this.outputs = outputs;
        this.biases = biases;
        sums = matrix.newSums(workers);
        biasSums = new PartialSums(workers, 1, matrix.outputs());
        bias = new float[matrix.outputs()];
        noBias = new float[matrix.inputs()];
    }

    /// Of a tensor [outputs, inputs] and one [outputs].
    static Linear dense(Workers workers, long weight, long bias, int outputs, int inputs) {
        var matrix =
                new WeightMatrix(
                        padded(outputs),
                        1,
                        padded(inputs),
                        (output, _, input) ->
                                output < outputs && input < inputs
                                        ? weight + (long) output * inputs + input
                                        : -1);
        return new Linear(workers, matrix, outputs, bias);
    }

    /// Outputs with padding.
    int outputs() {
        return matrix.outputs();
    }

    /// Inputs of a tap with padding.
    int inputs() {
        return matrix.inputs();
    }

    /// Takes its values from all weights of the network.
    void load(float[] weights) {
        matrix.load(weights);
        if (biases.length == 0) return;
        for (int o = 0; o < outputs; o++) {
            float sum = 0;
            for (long from : biases) sum += weights[(int) from + o];
            bias[o] = sum;
        }
    }

    /// `out = start + weights * in + bias`.
    void forward(Taps in, Rows start, Rows out, int rows) {
        Products.multiply(in, matrix.forward(), start, bias, out, rows);
    }

    /// `inGradient = start +` the gradient of the inputs of a tap.
    void inputGradient(int tap, Rows outGradient, Rows start, Rows inGradient, int rows) {
        Products.multiply(
                new Taps(outGradient, 0, tap, 1),
                matrix.backward(),
                start,
                noBias,
                inGradient,
                rows);
    }

    /// Adds the gradient of a tap's weights to a part's sums.
    void addGradient(int part, int tap, Rows in, Rows outGradient, int rows) {
        Rows sum = sums.of(part).right(tap * matrix.inputs());
        Products.addTransposed(outGradient, matrix.outputs(), in, matrix.inputs(), rows, sum);
    }

    /// Adds the gradient of the bias to a part's sums.
    void addBiasGradient(int part, Rows outGradient, int rows) {
        Elementwise.addRows(outGradient, matrix.outputs(), 0, rows, biasSums.of(part), 1);
    }

    /// Adds the sums to the gradient of all weights, and begins again with 0.
    void drain(float[] gradient) {
        matrix.drain(sums, gradient);
        if (biases.length == 0) return;
        biasSums.drain((from, count, sum) -> {
            for (int i = 0; i < Math.min(count, outputs - from); i++) {
                for (long bias : biases) gradient[(int) bias + from + i] += sum[i];
            }
        });
    }
}
