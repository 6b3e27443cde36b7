package wavenet4j.train.kernels;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/// The elementwise parts of a gated layer, forward and backward, on the Vector API: each is one
/// pass over memory, where a sequence of tensor operators makes many. Arrays are time-major, a row
/// of channels for each time and window, and rows are independent of each other.
///
/// Each method goes down the rows for as many channels as a vector has, so that nothing but loads,
/// arithmetic and stores is in the inner loop. It is meant for blocks of rows that fit into a
/// core's cache.
public final class GatedLayerKernels {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private GatedLayerKernels() {}

    /// A matrix of floats in memory, or some of its columns.
    ///
    /// @param columns floats from one row to the next
    /// @param first index of the first float of the first row
    public record Rows(MemorySegment memory, int columns, long first) {
        /// The offset of a value in bytes.
        long at(long row, int channel) {
            return Float.BYTES * (first + row * columns + channel);
        }

        /// From one row to the next, in bytes.
        long step() {
            return (long) Float.BYTES * columns;
        }

        /// The same rows without the channels before that one.
        public Rows fromChannel(int channel) {
            return new Rows(memory, columns, first + channel);
        }
    }

    /// Replaces h by `tanh(filter)` and `sigmoid(gate)`, and writes their product z, for rows
    /// [from, to).
    ///
    /// @param h [n, 2G] without its bias
    /// @param bias of each row of the batch, [B, 2G]
    /// @param z [n, G]
    /// @param skip where the rows of z from `first` on go too: only targets reach the skip sums
    public static void gate(
            Rows h, float[] bias, int gates, Rows z, Rows skip, int first, int from, int to) {
        int period = bias.length;
        for (int g = 0; g < gates; g += LANES) {
            var mask = FLOATS.indexInRange(g, gates);
            long filterAt = h.at(from, g);
            long gateAt = h.at(from, gates + g);
            long zAt = z.at(from, g);
            long skipAt = skip.at(from - (long) first, g);
            int biasAt = from * 2 % (period / gates) * gates;
            for (int row = from; row < to; row++) {
                var filter = fromMemorySegment(FLOATS, h.memory(), filterAt, LITTLE_ENDIAN, mask);
                var gate = fromMemorySegment(FLOATS, h.memory(), gateAt, LITTLE_ENDIAN, mask);
                filter = filter.add(fromArray(FLOATS, bias, biasAt + g, mask));
                gate = gate.add(fromArray(FLOATS, bias, biasAt + gates + g, mask));
                // Beyond these bounds neither factor changes in float32.
                var e2x = Elementwise.exp(filter.add(filter).min(20).max(-20));
                var ey = Elementwise.exp(gate.neg().min(60).max(-60));
                filter = e2x.sub(1).div(e2x.add(1)); // tanh
                gate = broadcast(FLOATS, 1).div(ey.add(1)); // sigmoid
                var product = filter.mul(gate);
                filter.intoMemorySegment(h.memory(), filterAt, LITTLE_ENDIAN, mask);
                gate.intoMemorySegment(h.memory(), gateAt, LITTLE_ENDIAN, mask);
                product.intoMemorySegment(z.memory(), zAt, LITTLE_ENDIAN, mask);
                if (row >= first) {
                    product.intoMemorySegment(skip.memory(), skipAt, LITTLE_ENDIAN, mask);
                }
                filterAt += h.step();
                gateAt += h.step();
                zAt += z.step();
                skipAt += skip.step();
                biasAt += 2 * gates;
                if (biasAt == period) biasAt = 0;
            }
        }
    }

    /// Replaces tanh and sigmoid as [#gate] left them by the gradient of h, for rows [from, to),
    /// with dz the sum of both gradients of z: `dz sigmoid (1 - tanh^2)` and `dz tanh sigmoid (1 -
    /// sigmoid)`.
    ///
    /// @param gated [n, 2G]
    /// @param byNext the gradient of z from the next layer, [n, G]; null for the last layer
    /// @param bySkip the gradient of z from the skip sums, for the rows from `first` on
    public static void gateGradient(
            Rows gated,
            int gates,
            @Nullable Rows byNext,
            Rows bySkip,
            int first,
            int from,
            int to) {
        for (int g = 0; g < gates; g += LANES) {
            var mask = FLOATS.indexInRange(g, gates);
            var zero = FloatVector.zero(FLOATS);
            MemorySegment memory = gated.memory();
            long filterAt = gated.at(from, g);
            long gateAt = gated.at(from, gates + g);
            for (int row = from; row < to; row++) {
                var dz =
                        byNext == null
                                ? zero
                                : fromMemorySegment(
                                        FLOATS,
                                        byNext.memory(),
                                        byNext.at(row, g),
                                        LITTLE_ENDIAN,
                                        mask);
                if (row >= first) {
                    long at = bySkip.at(row - (long) first, g);
                    dz =
                            dz.add(
                                    fromMemorySegment(
                                            FLOATS, bySkip.memory(), at, LITTLE_ENDIAN, mask));
                }
                var filter = fromMemorySegment(FLOATS, memory, filterAt, LITTLE_ENDIAN, mask);
                var gate = fromMemorySegment(FLOATS, memory, gateAt, LITTLE_ENDIAN, mask);
                var a = dz.mul(gate);
                var b = a.mul(filter);
                a.sub(b.mul(filter)).intoMemorySegment(memory, filterAt, LITTLE_ENDIAN, mask);
                b.sub(b.mul(gate)).intoMemorySegment(memory, gateAt, LITTLE_ENDIAN, mask);
                filterAt += gated.step();
                gateAt += gated.step();
            }
        }
    }

    /// Writes the inputs of a layer's taps side by side, for rows [from, to): row 0 of tap k is row
    /// `starts[k]` of x.
    ///
    /// @param x the layer's input, [m, R]
    /// @param taps [n, K * R]
    public static void gather(Rows x, int channels, int[] starts, Rows taps, int from, int to) {
        for (int row = from; row < to; row++) {
            for (int k = 0; k < starts.length; k++) {
                MemorySegment.copy(
                        x.memory(),
                        x.at((long) row + starts[k], 0),
                        taps.memory(),
                        taps.at(row, k * channels),
                        (long) Float.BYTES * channels);
            }
        }
    }

    /// Replaces the update by the next layer's input `update + bias + x`, for rows [from, to).
    ///
    /// @param update [n, R]
    /// @param x the layer's own input at the times of the update, [n, R]
    public static void residual(Rows update, float[] bias, int channels, Rows x, int from, int to) {
        for (int r = 0; r < channels; r += LANES) {
            var mask = FLOATS.indexInRange(r, channels);
            var b = fromArray(FLOATS, bias, r, mask);
            long at = update.at(from, r);
            long xAt = x.at(from, r);
            for (int row = from; row < to; row++) {
                fromMemorySegment(FLOATS, update.memory(), at, LITTLE_ENDIAN, mask)
                        .add(fromMemorySegment(FLOATS, x.memory(), xAt, LITTLE_ENDIAN, mask))
                        .add(b)
                        .intoMemorySegment(update.memory(), at, LITTLE_ENDIAN, mask);
                at += update.step();
                xAt += x.step();
            }
        }
    }

    /// Sets rows [from, to) to 0.
    public static void clear(Rows sums, int from, int to) {
        sums.memory().asSlice(sums.at(from, 0), sums.at(to, 0) - sums.at(from, 0)).fill((byte) 0);
    }

    /// Adds the rows of an array to those of the sums from row `start` on, as far as these are
    /// within [from, to).
    ///
    /// @param rows [n, R]
    public static void add(Rows rows, int n, int channels, int start, Rows sums, int from, int to) {
        int first = Math.max(from, start);
        int end = Math.min(to, start + n);
        for (int r = 0; r < channels; r += LANES) {
            var mask = FLOATS.indexInRange(r, channels);
            long at = rows.at((long) first - start, r);
            long sumAt = sums.at(first, r);
            for (int row = first; row < end; row++) {
                fromMemorySegment(FLOATS, sums.memory(), sumAt, LITTLE_ENDIAN, mask)
                        .add(fromMemorySegment(FLOATS, rows.memory(), at, LITTLE_ENDIAN, mask))
                        .intoMemorySegment(sums.memory(), sumAt, LITTLE_ENDIAN, mask);
                at += rows.step();
                sumAt += sums.step();
            }
        }
    }
}
