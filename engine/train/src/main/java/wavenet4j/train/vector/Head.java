package wavenet4j.train.vector;

import static wavenet4j.train.kernels.Products.padded;

import wavenet4j.ModelSpec;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.train.data.Batch;
import wavenet4j.train.kernels.Elementwise;
import wavenet4j.train.kernels.OutputLoss;
import wavenet4j.train.kernels.Rows;
import wavenet4j.train.kernels.Taps;

import java.util.Arrays;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// From the layers' z to the loss: `skip = sum over layers of Wskip z + b`, `hidden = Wh relu(skip)
/// + b`, `outputs = Wo relu(hidden) + b`, block by block.
final class Head {
    // More than in the layers, as each adds to the gradient of all skip weights, which no cache
    // holds.
    private static final int BLOCK = 256;

    private final Workers workers;
    private final int layers;
    private final OutputLoss loss;
    private final Linear skip; // its taps are the layers
    private final Linear hidden;
    private final Linear output;
    private final Scratch[] scratch;
    private final Rows zeros;

    /// A block of each array between z and the loss.
    ///
    /// @param skip after the relu, as hidden
    private record Scratch(
            Rows skip, Rows hidden, Rows output, Rows hiddenGradient, Rows skipGradient) {
        Scratch(int skip, int hidden, int output) {
            this(
                    Buffer.of(BLOCK, skip),
                    Buffer.of(BLOCK, hidden),
                    Buffer.of(BLOCK, output),
                    Buffer.of(BLOCK, hidden),
                    Buffer.of(BLOCK, skip));
        }
    }

    /// @param from where the tensor of that name begins among all weights
    Head(ModelSpec spec, ToLongFunction<String> from, Workers workers) {
        this.workers = workers;
        DilatedConvolutions trunk = spec.convolutions();
        layers = spec.layers();
        loss = OutputLoss.of(spec.distribution());
        int outputs = spec.distribution().width();
        int width = spec.head().hidden();
        skip = skip(trunk, from, workers);
        hidden =
                Linear.dense(
                        workers,
                        from.applyAsLong("head.hidden.weight"),
                        from.applyAsLong("head.hidden.bias"),
                        width,
                        trunk.skip());
        output =
                Linear.dense(
                        workers,
                        from.applyAsLong("head.output.weight"),
                        from.applyAsLong("head.output.bias"),
                        outputs,
                        width);
        scratch = new Scratch[workers.parts()];
        Arrays.setAll(
                scratch, _ -> new Scratch(padded(trunk.skip()), padded(width), padded(outputs)));
        int widest = Math.max(Math.max(trunk.skip(), trunk.gate()), Math.max(width, outputs));
        zeros = new Rows(new float[padded(widest)], 0);
    }

    private static Linear skip(
            DilatedConvolutions trunk, ToLongFunction<String> from, Workers workers) {
        int layers = trunk.dilations().size();
        long[] weights = places(from, layers, "skip.weight");
        var matrix =
                new WeightMatrix(
                        padded(trunk.skip()),
                        layers,
                        padded(trunk.gate()),
                        (output, layer, input) ->
                                output < trunk.skip() && input < trunk.gate()
                                        ? weights[layer] + (long) output * trunk.gate() + input
                                        : -1);
        return new Linear(workers, matrix, trunk.skip(), places(from, layers, "skip.bias"));
    }

    private static long[] places(ToLongFunction<String> from, int layers, String name) {
        return IntStream.range(0, layers)
                .mapToLong(i -> from.applyAsLong("layers." + i + "." + name))
                .toArray();
    }

    /// Takes its values from all weights of the network.
    void load(float[] weights) {
        skip.load(weights);
        hidden.load(weights);
        output.load(weights);
    }

    /// The sum of the losses of all targets, in nats.
    ///
    /// @param z of the targets, those of a layer after those of the other, [L * T * B, G]
    double loss(Rows z, Batch batch) {
        return eachBlock(
                batch,
                (part, from, rows) -> {
                    Scratch block = scratch[part];
                    outputs(z, batch, from, block, rows);
                    return natsAndGradient(block.output(), batch, 0, from, rows);
                });
    }

    /// The same; replaces z by the gradient of `scale` times it.
    double backward(Rows z, Batch batch, float scale) {
        return eachBlock(
                batch,
                (part, from, rows) -> {
                    Scratch block = scratch[part];
                    outputs(z, batch, from, block, rows);
                    Rows outputs = block.output();
                    double nats = natsAndGradient(outputs, batch, scale, from, rows);
                    backward(part, output, block.hidden(), outputs, block.hiddenGradient(), rows);
                    backward(
                            part,
                            hidden,
                            block.skip(),
                            block.hiddenGradient(),
                            block.skipGradient(),
                            rows);
                    skip.addBiasGradient(part, block.skipGradient(), rows);
                    for (int layer = 0; layer < layers; layer++) {
                        Rows ofLayer = z.from(layer * targets(batch) + from);
                        skip.addGradient(part, layer, ofLayer, block.skipGradient(), rows);
                        skip.inputGradient(layer, block.skipGradient(), zeros, ofLayer, rows);
                    }
                    return nats;
                });
    }

    private void outputs(Rows z, Batch batch, int from, Scratch block, int rows) {
        var ofLayers = new Taps(z.from(from), targets(batch) * z.stride(), 0, layers);
        skip.forward(ofLayers, zeros, block.skip(), rows);
        Elementwise.relu(block.skip(), skip.outputs(), rows);
        hidden.forward(Taps.one(block.skip()), zeros, block.hidden(), rows);
        Elementwise.relu(block.hidden(), hidden.outputs(), rows);
        output.forward(Taps.one(block.hidden()), zeros, block.output(), rows);
    }

    /// @param in the layer's inputs, which a relu gave
    /// @param inGradient where the gradient of the relu's argument goes
    private void backward(
            int part, Linear layer, Rows in, Rows outGradient, Rows inGradient, int rows) {
        layer.addGradient(part, 0, in, outGradient, rows);
        layer.addBiasGradient(part, outGradient, rows);
        layer.inputGradient(0, outGradient, zeros, inGradient, rows);
        Elementwise.reluGradient(inGradient, in, layer.inputs(), rows);
    }

    /// Adds the gradients of its weights to that of all weights.
    void drain(float[] gradient) {
        skip.drain(gradient);
        hidden.drain(gradient);
        output.drain(gradient);
    }

    /// Replaces the outputs by their gradient.
    private double natsAndGradient(Rows outputs, Batch batch, float scale, int from, int rows) {
        double nats = 0;
        for (int row = 0; row < rows; row++) {
            int at = outputs.at() + row * outputs.stride();
            if (batch.mask()[from + row] == 0) {
                Arrays.fill(outputs.values(), at, at + output.outputs(), 0);
                continue;
            }
            int level = (int) batch.targetLevels()[from + row];
            nats += loss.natsAndGradient(outputs.values(), at, level, scale);
        }
        return nats;
    }

    private interface OnRows {
        double nats(int part, int from, int rows);
    }

    private double eachBlock(Batch batch, OnRows work) {
        var nats = new double[workers.parts()];
        workers.eachBlock(
                targets(batch),
                BLOCK,
                0,
                (part, _, from, to) -> nats[part] += work.nats(part, from, to - from));
        return Arrays.stream(nats).sum();
    }

    private static int targets(Batch batch) {
        return batch.targets() * batch.rows();
    }
}
