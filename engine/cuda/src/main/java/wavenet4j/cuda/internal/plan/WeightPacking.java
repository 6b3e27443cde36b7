package wavenet4j.cuda.internal.plan;

import static wavenet4j.cuda.internal.plan.Layout.CHUNK;
import static wavenet4j.cuda.internal.plan.Layout.LANES;
import static wavenet4j.cuda.internal.plan.Layout.TILE;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// A network's weights in the order in which the kernel reads them.
///
/// The product of a layer's present tap W with the residual product V of the layer before is formed
/// here, in double precision, so that the kernel has one product to wait for in each layer: `W x_l
/// = W (x_{l-1} + V z_{l-1} + b) = W x_{l-1} + (W V) z_{l-1} + W b`.
public final class WeightPacking {
    // The greatest number of binary16.
    private static final float GREATEST_HALF = 65504;

    private final ModelSpec spec;
    private final Weights weights;
    private final Layout layout;
    private final Weights.Layer[] layers;
    private final float[][]
            merged; // of each layer: W V of the layer before, [2G, G]; the first is 0

    /// @param model with its weights as they shall count
    public WeightPacking(Model model, Layout layout) {
        spec = model.spec();
        weights = model.weights();
        this.layout = layout;
        layers = new Weights.Layer[spec.layers()];
        merged = new float[layers.length][];
        for (int l = 0; l < layers.length; l++) {
            layers[l] = weights.layer(spec, l);
            merged[l] = l == 0 ? new float[2 * gate() * gate()] : merge(layers[l - 1], layers[l]);
        }
    }

    /// The bytes of the Java heap that the merged products of such a network take.
    public static long bytes(ModelSpec spec) {
        long gate = spec.convolutions().gate();
        return 2 * gate * gate * spec.layers() * Float.BYTES;
    }

    /// A matrix without its zeros around: 0 outside of the network's own channels.
    private interface Matrix {
        float at(int output, int input);
    }

    /// All products' weights: layer after layer, then hidden, then output.
    ///
    /// @throws IllegalArgumentException when one is beyond what binary16 holds
    public MemorySegment weights(Arena arena) {
        long units =
                (long) layers.length * layout.layerUnits()
                        + layout.hiddenUnits()
                        + layout.outputUnits();
        var packed = arena.allocate(units * Layout.UNIT_BYTES, Layout.UNIT_BYTES);
        var writer = new Writer(packed);
        for (int l = 0; l < layers.length; l++) writeLayer(writer, l);
        float[] hidden = weights.tensor("head.hidden.weight");
        float[] output = weights.tensor("head.output.weight");
        writer.tiles(layout.head(), layout.skip(), dense(hidden, head(), skip()));
        writer.tiles(layout.levels(), layout.head(), dense(output, spec.levels(), head()));
        if (writer.at != packed.byteSize())
            throw new AssertionError("the layout's sizes are wrong");
        return packed;
    }

    private void writeLayer(Writer writer, int l) {
        float[] dilated = layers[l].dilatedWeight(); // [2G, R, K]
        int taps = spec.convolutions().kernelSize();
        for (int tile = 0; tile < layout.gateTiles(); tile++) {
            writer.tile(tile, layout.residual(), gateRows(tap(dilated, taps - 1)));
            writer.tile(tile, layout.gate(), gateRows(dense(merged[l], 2 * gate(), gate())));
        }
        float[] before = l == 0 ? null : layers[l - 1].residualWeight();
        writer.tiles(
                layout.residual(),
                layout.gate(),
                before == null ? (output, input) -> 0 : dense(before, residual(), gate()));
        writer.tiles(layout.skip(), layout.gate(), dense(layers[l].skipWeight(), skip(), gate()));
        for (int tile = 0; tile < layout.gateTiles(); tile++) {
            for (int k = 0; k < taps - 1; k++) { // the oldest first
                writer.tile(tile, layout.residual(), gateRows(tap(dilated, k)));
            }
        }
    }

    /// `[layers][R]`: the residual bias of the layer before each, as it joins x.
    public float[] residualBiases() {
        var biases = new float[layers.length * layout.residual()];
        for (int l = 1; l < layers.length; l++) {
            float[] before = layers[l - 1].residualBias();
            if (before == null) throw new AssertionError("only the last layer has none");
            System.arraycopy(before, 0, biases, l * layout.residual(), before.length);
        }
        return biases;
    }

    /// `[S]`, summed over the layers.
    public float[] skipBias() {
        var sum = new float[layout.skip()];
        for (Weights.Layer layer : layers) {
            for (int s = 0; s < skip(); s++) sum[s] += layer.skipBias()[s];
        }
        return sum;
    }

    /// `[A]`
    public float[] hiddenBias() {
        return Arrays.copyOf(weights.tensor("head.hidden.bias"), layout.head());
    }

    /// `[Q]`
    public float[] outputBias() {
        return Arrays.copyOf(weights.tensor("head.output.bias"), layout.levels());
    }

    /// `[levels][R]`
    public float[] embedding() {
        float[] table = weights.tensor("input.embedding");
        var padded = new float[spec.levels() * layout.residual()];
        for (int q = 0; q < spec.levels(); q++) {
            System.arraycopy(table, q * residual(), padded, q * layout.residual(), residual());
        }
        return padded;
    }

    /// Where each layer's delay line begins and how long it is, in slots: `[layers][2]`.
    public int[] lines() {
        var lines = new int[2 * layers.length];
        int slots = 0;
        for (int l = 0; l < layers.length; l++) {
            lines[2 * l] = slots;
            lines[2 * l + 1] = layout.pastTaps() * layers[l].dilation();
            slots += lines[2 * l + 1];
        }
        return lines;
    }

    /// The sum that h of each layer starts from, `[layers][2G]`, filters first: the conditioned
    /// bias and the present tap's product with the residual bias of the layer before.
    ///
    /// @param conditioned `[layers][2G]`
    public float[] layerBiases(float[][] conditioned) {
        int outputs = 2 * gate();
        var biases = new float[layers.length * outputs];
        for (int l = 0; l < layers.length; l++) {
            float[] carried = l == 0 ? null : layers[l - 1].residualBias();
            float[] dilated = layers[l].dilatedWeight();
            int taps = spec.convolutions().kernelSize();
            for (int o = 0; o < outputs; o++) {
                double sum = conditioned[l][o];
                for (int r = 0; carried != null && r < residual(); r++) {
                    sum += (double) dilated[(o * residual() + r) * taps + taps - 1] * carried[r];
                }
                biases[l * outputs + o] = (float) sum;
            }
        }
        return biases;
    }

    /// Writes one stream's [#layerBiases] in the kernel's order of sums: `[layers][tiles][32
    /// lanes][4]`.
    ///
    /// @param column of the stream in its group
    /// @param ofGroup the layer biases of the group
    public void placeLayerBiases(float[] biases, int column, MemorySegment ofGroup) {
        for (int l = 0; l < layers.length; l++) {
            for (int tile = 0; tile < layout.gateTiles(); tile++) {
                for (int row = 0; row < TILE; row++) {
                    int channel = tile * 8 + row % 8;
                    int output = row < 8 ? channel : gate() + channel;
                    float value = channel < gate() ? biases[l * 2 * gate() + output] : 0;
                    place(ofGroup, l * layout.gateTiles() + tile, row, column, value);
                }
            }
        }
    }

    private void place(MemorySegment sums, int tile, int row, int column, float value) {
        // With one column all eight are that one.
        for (int c = 0; c < 8; c++) {
            if (layout.columns() == 8 && c != column) continue;
            int lane = row % 8 * 4 + c / 2;
            int i = row / 8 * 2 + c % 2;
            sums.setAtIndex(ValueLayout.JAVA_FLOAT, ((long) tile * LANES + lane) * 4 + i, value);
        }
    }

    private float[] merge(Weights.Layer before, Weights.Layer layer) {
        float[] residual = before.residualWeight(); // V: [R, G]
        if (residual == null) throw new AssertionError("only the last layer has none");
        float[] dilated = layer.dilatedWeight();
        int taps = spec.convolutions().kernelSize();
        var product = new float[2 * gate() * gate()];
        for (int o = 0; o < 2 * gate(); o++) {
            var row = new double[gate()];
            for (int r = 0; r < residual(); r++) {
                double w = dilated[(o * residual() + r) * taps + taps - 1];
                for (int g = 0; g < row.length; g++) row[g] += w * residual[r * row.length + g];
            }
            for (int g = 0; g < row.length; g++) product[o * row.length + g] = (float) row[g];
        }
        return product;
    }

    private static Matrix dense(float[] values, int outputs, int inputs) {
        return (output, input) ->
                output < outputs && input < inputs ? values[output * inputs + input] : 0;
    }

    /// One tap of a dilated weight, `[2G, R]`.
    private Matrix tap(float[] dilated, int k) {
        return (output, input) ->
                output < 2 * gate() && input < residual()
                        ? dilated[
                                (output * residual() + input) * spec.convolutions().kernelSize()
                                        + k]
                        : 0;
    }

    /// The rows of a matrix of the gate (filters, then gates) in the order of its tiles: 8 filters,
    /// their 8 gates.
    private Matrix gateRows(Matrix matrix) {
        return (output, input) -> {
            int channel = output / TILE * 8 + output % 8;
            if (channel >= gate()) return 0;
            return matrix.at(output % TILE < 8 ? channel : gate() + channel, input);
        };
    }

    private int residual() {
        return spec.convolutions().residual();
    }

    private int gate() {
        return spec.convolutions().gate();
    }

    private int skip() {
        return spec.trunk().skip();
    }

    private int head() {
        return spec.head().hidden();
    }

    /// Writes tiles unit by unit: 16 bytes for each lane 4g + q, of outputs g and g + 8 and of the
    /// inputs of a chunk that begin at 8q.
    private final class Writer {
        private final MemorySegment into;
        private long at;

        Writer(MemorySegment into) {
            this.into = into;
        }

        void tiles(int outputs, int inputs, Matrix matrix) {
            for (int tile = 0; tile < outputs / TILE; tile++) tile(tile, inputs, matrix);
        }

        void tile(int tile, int inputs, Matrix matrix) {
            int inputsOfUnit = layout.strict() ? 2 : 4;
            for (int chunk = 0; chunk < inputs / CHUNK; chunk++) {
                for (int first = 0; first < 8; first += inputsOfUnit) {
                    for (int lane = 0; lane < LANES; lane++) {
                        int output = tile * TILE + lane / 4;
                        int input = chunk * CHUNK + lane % 4 * 8 + first;
                        for (int i = 0; i < inputsOfUnit; i += 2) {
                            pair(matrix, output, input + i);
                            pair(matrix, output + 8, input + i);
                        }
                    }
                }
            }
        }

        private void pair(Matrix matrix, int output, int input) {
            write(matrix.at(output, input));
            write(matrix.at(output, input + 1));
        }

        private void write(float weight) {
            if (layout.strict()) {
                into.set(ValueLayout.JAVA_FLOAT, at, weight);
                at += Float.BYTES;
                return;
            }
            if (!(Math.abs(weight) <= GREATEST_HALF)) {
                throw new IllegalArgumentException(
                        "a weight of the network, or a product of two, is %s, and float16 goes to 65,504; take float32"
                                .formatted(weight));
            }
            into.set(ValueLayout.JAVA_SHORT, at, Float.floatToFloat16(weight));
            at += Short.BYTES;
        }
    }
}
