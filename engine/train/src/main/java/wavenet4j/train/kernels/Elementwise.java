package wavenet4j.train.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;

import static wavenet4j.train.kernels.Products.FLOATS;
import static wavenet4j.train.kernels.Products.LANES;

import jdk.incubator.vector.FloatVector;

import wavenet4j.distribution.Exp;

/// What a network computes beside its products, on blocks of rows that fit into a core's cache.
/// Channels are padded to whole vectors.
public final class Elementwise {
    private static final int EXPONENT_BITS = 127 - Float.floatToRawIntBits(Exp.ROUNDER);

    private Elementwise() {}

    /// Writes `tanh(filter)` and `sigmoid(gate)` of h, and their product z.
    ///
    /// @param h [rows, 2G]
    /// @param gated [rows, 2G]
    /// @param z [rows, G]
    public static void gate(Rows h, int gates, Rows gated, Rows z, int rows) {
        for (int row = 0; row < rows; row++) {
            int hAt = h.at() + row * h.stride();
            int at = gated.at() + row * gated.stride();
            int zAt = z.at() + row * z.stride();
            for (int g = 0; g < gates; g += LANES) {
                var filter = fromArray(FLOATS, h.values(), hAt + g);
                var gate = fromArray(FLOATS, h.values(), hAt + gates + g);
                // Beyond these bounds neither factor changes in float32.
                var e2x = exp(filter.add(filter).min(20).max(-20));
                var ey = exp(gate.neg().min(60).max(-60)).add(1);
                var inverse = broadcast(FLOATS, 1).div(e2x.add(1).mul(ey)); // one division for both
                var tanh = e2x.sub(1).mul(ey).mul(inverse);
                var sigmoid = e2x.add(1).mul(inverse);
                tanh.intoArray(gated.values(), at + g);
                sigmoid.intoArray(gated.values(), at + gates + g);
                tanh.mul(sigmoid).intoArray(z.values(), zAt + g);
            }
        }
    }

    /// The gradient of h, `dz sigmoid (1 - tanh^2)` and `dz tanh sigmoid (1 - sigmoid)`; writes z
    /// once more, over its gradient.
    ///
    /// @param gated tanh and sigmoid, [rows, 2G]
    /// @param dz [rows, G]
    /// @param dh [rows, 2G]
    public static void gateGradient(Rows gated, int gates, Rows dz, Rows dh, int rows) {
        for (int row = 0; row < rows; row++) {
            int at = gated.at() + row * gated.stride();
            int dzAt = dz.at() + row * dz.stride();
            int dhAt = dh.at() + row * dh.stride();
            for (int g = 0; g < gates; g += LANES) {
                var tanh = fromArray(FLOATS, gated.values(), at + g);
                var sigmoid = fromArray(FLOATS, gated.values(), at + gates + g);
                var a = fromArray(FLOATS, dz.values(), dzAt + g).mul(sigmoid);
                var b = a.mul(tanh);
                a.sub(b.mul(tanh)).intoArray(dh.values(), dhAt + g);
                b.sub(b.mul(sigmoid)).intoArray(dh.values(), dhAt + gates + g);
                tanh.mul(sigmoid).intoArray(dz.values(), dzAt + g);
            }
        }
    }

    /// Replaces negative values by 0.
    public static void relu(Rows x, int channels, int rows) {
        for (int row = 0; row < rows; row++) {
            int at = x.at() + row * x.stride();
            for (int c = 0; c < channels; c += LANES) {
                fromArray(FLOATS, x.values(), at + c).max(0).intoArray(x.values(), at + c);
            }
        }
    }

    /// Replaces the gradient of a [#relu]'s result by that of its argument.
    ///
    /// @param result of the relu
    public static void reluGradient(Rows gradient, Rows result, int channels, int rows) {
        var zero = FloatVector.zero(FLOATS);
        for (int row = 0; row < rows; row++) {
            int at = gradient.at() + row * gradient.stride();
            int resultAt = result.at() + row * result.stride();
            for (int c = 0; c < channels; c += LANES) {
                var positive = fromArray(FLOATS, result.values(), resultAt + c).compare(GT, zero);
                var g = fromArray(FLOATS, gradient.values(), at + c);
                zero.blend(g, positive).intoArray(gradient.values(), at + c);
            }
        }
    }

    /// Adds each row to its sum: the gradients of biases.
    ///
    /// @param first the number of the first row
    /// @param sums [B, channels], of which row n goes to `n % B`
    public static void addRows(Rows x, int channels, int first, int rows, Rows sums, int period) {
        for (int phase = 0; phase < Math.min(period, rows); phase++) {
            int sumAt = sums.at() + (first + phase) % period * sums.stride();
            for (int c = 0; c < channels; c += LANES) {
                var sum = fromArray(FLOATS, sums.values(), sumAt + c);
                int at = x.at() + c;
                for (int row = phase; row < rows; row += period) {
                    sum = sum.add(fromArray(FLOATS, x.values(), at + row * x.stride()));
                }
                sum.intoArray(sums.values(), sumAt + c);
            }
        }
    }

    /// e^x as in [Exp]. It is a method of its own lest Java's first compiler runs out of registers:
    /// where it did, the second one never took its turn, and training took five times as long.
    static FloatVector exp(FloatVector x) {
        var n = x.fma(broadcast(FLOATS, Exp.LOG2_E), broadcast(FLOATS, Exp.ROUNDER));
        var power = n.reinterpretAsInts().add(EXPONENT_BITS).lanewise(LSHL, 23);
        n = n.sub(Exp.ROUNDER);
        x = n.fma(broadcast(FLOATS, -Exp.LN2_HIGH), x);
        x = n.fma(broadcast(FLOATS, -Exp.LN2_LOW), x);
        var p = x.fma(broadcast(FLOATS, Exp.C7), broadcast(FLOATS, Exp.C6));
        p = p.fma(x, broadcast(FLOATS, Exp.C5));
        p = p.fma(x, broadcast(FLOATS, Exp.C4));
        p = p.fma(x, broadcast(FLOATS, Exp.C3));
        p = p.fma(x, broadcast(FLOATS, Exp.C2));
        return p.mul(x).fma(x, x).add(1).mul(power.reinterpretAsFloats());
    }
}
