package wavenet4j.benchmarks.rivals;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;

import java.util.ArrayList;

/// A tick as an ONNX graph. Inputs: `level` [1] and `past` [L, R], the inputs of the layers one
/// dilation ago. Outputs: `logits` [1, Q] and `inputs` [L, R].
///
/// Four operators a layer remain after the runtime fuses activations with products: the past taps
/// of all layers are one product, the skip convolutions another, and the residual biases are folded
/// into the biases of the dilated convolutions of later layers.
final class OnnxStep {
    private final ModelSpec spec;
    private final Weights weights;
    private final OnnxGraph graph = new OnnxGraph();

    private OnnxStep(Model model) {
        spec = model.spec();
        weights = model.weights();
    }

    /// The serialized ONNX model.
    static byte[] of(Model model) {
        return new OnnxStep(model).build();
    }

    private byte[] build() {
        int layers = spec.layers();
        int residual = spec.convolutions().residual();
        int gate = spec.convolutions().gate();
        String level = graph.input("level", DataType.INT64, 1);
        String past = graph.input("past", DataType.FLOAT, layers, residual);

        var sums = graph.rows(pastProducts(past), 2 * layers); // filter and gate of each, [1, G]
        String x =
                graph.node(
                        "Gather",
                        graph.constant(weights.tensor("input.embedding"), spec.levels(), residual),
                        level);
        var inputs = new ArrayList<String>();
        var gated = new ArrayList<String>();
        for (int i = 0; i < layers; i++) {
            Weights.Layer layer = weights.layer(spec, i);
            float[] present = tap(layer, 1); // [R, 2G]
            String filter = columns(present, residual, 0, gate);
            String sigmoid = columns(present, residual, gate, 2 * gate);
            String z =
                    graph.node(
                            "Mul",
                            graph.node("Tanh", graph.node("Gemm", x, filter, sums.get(2 * i))),
                            graph.node(
                                    "Sigmoid",
                                    graph.node("Gemm", x, sigmoid, sums.get(2 * i + 1))));
            inputs.add(x);
            gated.add(z);
            if (layer.residualWeight() == null) break; // the last
            x = graph.node("Gemm", z, transposed(layer.residualWeight(), residual), x);
        }
        graph.output("inputs", graph.concat(0, inputs), layers, residual);
        graph.output("logits", head(graph.concat(1, gated)), 1, spec.levels());
        return graph.bytes();
    }

    /// The contribution of past taps and biases to each layer, [2L, G]: filter, gate, filter, gate,
    /// ...
    private String pastProducts(String past) {
        int layers = spec.layers();
        int residual = spec.convolutions().residual();
        int sums = 2 * spec.convolutions().gate();
        var older = new float[layers * residual * sums]; // [L, R, 2G]
        var biases = new float[layers * sums];
        var constant = new float[residual]; // the residual's biases up to here
        for (int i = 0; i < layers; i++) {
            Weights.Layer layer = weights.layer(spec, i);
            System.arraycopy(tap(layer, 0), 0, older, i * residual * sums, residual * sums);
            for (int o = 0; o < sums; o++) {
                float bias = layer.dilatedBias()[o];
                for (int r = 0; r < residual; r++) {
                    int both = (o * residual + r) * 2;
                    bias +=
                            (layer.dilatedWeight()[both] + layer.dilatedWeight()[both + 1])
                                    * constant[r];
                }
                biases[i * sums + o] = bias;
            }
            if (layer.residualBias() == null) break; // the last
            for (int r = 0; r < residual; r++) constant[r] += layer.residualBias()[r];
        }
        String rows = graph.node("Reshape", past, graph.constant(layers, 1, residual));
        String products = graph.node("MatMul", rows, graph.constant(older, layers, residual, sums));
        String sum = graph.node("Add", products, graph.constant(biases, layers, 1, sums));
        return graph.node("Reshape", sum, graph.constant(2L * layers, sums / 2));
    }

    /// @param z [1, L * G]
    private String head(String z) {
        var c = spec.convolutions();
        int layers = spec.layers();
        var skips = new float[layers * c.gate() * c.skip()]; // [L * G, S]
        var skipBias = new float[c.skip()];
        for (int i = 0; i < layers; i++) {
            Weights.Layer layer = weights.layer(spec, i);
            for (int s = 0; s < c.skip(); s++) {
                skipBias[s] += layer.skipBias()[s];
                for (int g = 0; g < c.gate(); g++) {
                    skips[(i * c.gate() + g) * c.skip() + s] = layer.skipWeight()[s * c.gate() + g];
                }
            }
        }
        String skip =
                graph.node(
                        "Gemm",
                        z,
                        graph.constant(skips, (long) layers * c.gate(), c.skip()),
                        graph.constant(skipBias, c.skip()));
        String hidden = dense("head.hidden", spec.head().hidden(), graph.node("Relu", skip));
        return dense("head.output", spec.levels(), graph.node("Relu", hidden));
    }

    private String dense(String name, int outputs, String x) {
        return graph.node(
                "Gemm",
                x,
                transposed(weights.tensor(name + ".weight"), outputs),
                graph.constant(weights.tensor(name + ".bias"), outputs));
    }

    /// One tap of the dilated convolution, [R, 2G].
    private static float[] tap(Weights.Layer layer, int k) {
        int outputs = layer.dilatedBias().length;
        int residual = layer.dilatedWeight().length / 2 / outputs;
        var tap = new float[residual * outputs];
        for (int o = 0; o < outputs; o++) {
            for (int r = 0; r < residual; r++) {
                tap[r * outputs + o] = layer.dilatedWeight()[(o * residual + r) * 2 + k];
            }
        }
        return tap;
    }

    /// Columns [from, to) of a matrix with `rows` rows.
    private String columns(float[] matrix, int rows, int from, int to) {
        int width = matrix.length / rows;
        var part = new float[rows * (to - from)];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(matrix, r * width + from, part, r * (to - from), to - from);
        }
        return graph.constant(part, rows, to - from);
    }

    /// @param weight [outputs, inputs]
    /// @return [inputs, outputs], in which the runtime's products are fastest
    private String transposed(float[] weight, int outputs) {
        int inputs = weight.length / outputs;
        var transposed = new float[weight.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) transposed[i * outputs + o] = weight[o * inputs + i];
        }
        return graph.constant(transposed, inputs, outputs);
    }
}
