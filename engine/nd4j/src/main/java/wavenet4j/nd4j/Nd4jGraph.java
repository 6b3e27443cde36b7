package wavenet4j.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import wavenet4j.ModelSpec;
import wavenet4j.backend.SilentState;
import wavenet4j.distribution.Quantizer;
import wavenet4j.nd4j.Nd4jWeights.InputEmbedding;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// The network on arrays whose rows are streams, N of them. All arrays are column-major, so that a
/// layer's filter, its gate and each slot of a delay line are contiguous; they, their views and the
/// operations on them are made once, and a tick only runs them.
final class Nd4jGraph {
    private final Nd4jWeights weights;
    private final ModelSpec spec;
    private final int rows; // N
    private final INDArray input; // [N] levels, int32, or [N, 1] amplitudes
    private final Quantizer quantizer;
    private final INDArray[] biases; // [L] of [N, 2G]
    private final DelayLine[] lines; // [L]
    private final INDArray z; // [N, L * G] of the latest tick
    private final INDArray outputs; // [N, Q or 3M]
    private final FloatBuffer outputsOfHost;
    private final List<INDArray> owned = new ArrayList<>();
    private final List<Operation> embedding;
    private final Layer[] layers;
    private final List<Operation> head;
    private long ticks;

    /// The operations of a layer in their order.
    ///
    /// @param products of the taps, the oldest first, summed in h
    /// @param gate from h to z
    /// @param residual from this layer's input to the next one's, if there is a next
    private record Layer(
            List<Operation> products, List<Operation> gate, List<Operation> residual) {}

    Nd4jGraph(Nd4jWeights weights, int rows) {
        try (var _ = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            this.weights = weights;
            this.rows = rows;
            spec = weights.model.spec();
            var c = spec.convolutions();
            long gate = c.gate();
            quantizer = spec.quantizer();
            biases = new INDArray[spec.layers()];
            lines = new DelayLine[spec.layers()];
            layers = new Layer[spec.layers()];
            INDArray h = matrix(2 * gate);
            INDArray filters = h.get(all(), interval(0, gate));
            INDArray gates = h.get(all(), interval(gate, 2 * gate));
            z = matrix(spec.layers() * gate);
            for (int i = 0; i < layers.length; i++) {
                biases[i] = matrix(2 * gate);
                int length =
                        (spec.convolutions().kernelSize() - 1)
                                        * spec.convolutions().dilations().get(i)
                                + 1;
                lines[i] = new DelayLine(rows, c.residual(), length);
            }
            INDArray x = lines[0].at(0);
            switch (weights.embedding) {
                case InputEmbedding.Embedding(var table) -> {
                    input = own(Nd4j.create(DataType.INT32, rows));
                    embedding = List.of(Operation.rows(x, table, input));
                }
                case InputEmbedding.Amplitude(var weight, var bias) -> {
                    input = matrix(1);
                    embedding =
                            List.of(Operation.product(x, input, weight), Operation.add(x, bias));
                }
            }
            for (int i = 0; i < layers.length; i++) {
                INDArray zOfLayer = z.get(all(), interval(i * gate, (i + 1) * gate));
                layers[i] =
                        new Layer(
                                products(i, h),
                                List.of(
                                        Operation.add(h, biases[i]),
                                        new Operation("tanh", filters, filters),
                                        new Operation("sigmoid", gates, gates),
                                        new Operation("multiply", zOfLayer, filters, gates)),
                                residual(i, zOfLayer));
            }
            INDArray skip = matrix(c.skip());
            INDArray hidden = matrix(spec.head().hidden());
            outputs = matrix(spec.distribution().width());
            outputsOfHost = outputs.data().asNioFloat();
            head =
                    List.of(
                            Operation.product(skip, z, weights.skip),
                            Operation.add(skip, weights.skipBias),
                            Operation.rectify(skip),
                            Operation.product(hidden, skip, weights.hidden),
                            Operation.add(hidden, weights.hiddenBias),
                            Operation.rectify(hidden),
                            Operation.product(outputs, hidden, weights.output),
                            Operation.add(outputs, weights.outputBias));
        }
    }

    private List<Operation> products(int i, INDArray h) {
        INDArray[] taps = weights.layers[i].taps();
        var products = new ArrayList<Operation>();
        for (int k = 0; k < taps.length; k++) {
            INDArray x = lines[i].at(0);
            products.add(
                    k == 0
                            ? Operation.product(h, x, taps[k])
                            : Operation.addedProduct(h, x, taps[k]));
        }
        return products;
    }

    private List<Operation> residual(int i, INDArray zOfLayer) {
        INDArray weight = weights.layers[i].residual();
        INDArray bias = weights.layers[i].residualBias();
        if (weight == null || bias == null) return List.of(); // the last
        INDArray x = lines[i].at(0);
        INDArray next = lines[i + 1].at(0);
        return List.of(
                new Operation("add", next, x, bias),
                Operation.addedProduct(next, zOfLayer, weight));
    }

    private INDArray matrix(long columns) {
        return own(Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'f'));
    }

    private INDArray own(INDArray array) {
        owned.add(array);
        return array;
    }

    /// Each layer's bias of a row, from the next tick on.
    ///
    /// @param layerBiases [L, 2G]
    void setLayerBias(int row, float[][] layerBiases) {
        for (int i = 0; i < biases.length; i++) {
            var data = biases[i].data();
            for (int o = 0; o < layerBiases[i].length; o++) {
                data.put(row + (long) o * rows, layerBiases[i][o]);
            }
        }
    }

    /// Puts a row into the state after a receptive field of silence.
    void silence(int row, SilentState state) {
        try (var _ = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            int gate = spec.convolutions().gate();
            for (int i = 0; i < lines.length; i++) {
                lines[i].fill(row, state.inputs()[i]);
                INDArray zOfLayer = z.get(point(row), interval(i * gate, (i + 1) * gate));
                zOfLayer.assign(Nd4j.createFromArray(state.gated()[i]));
            }
        }
    }

    /// The level of a row at the next ticks.
    void level(int row, int level) {
        switch (weights.embedding) {
            case InputEmbedding.Embedding _ -> input.data().put(row, level);
            case InputEmbedding.Amplitude _ -> input.data().put(row, quantizer.decode(level));
        }
    }

    /// Feeds each row its level.
    void tick() {
        INDArray x = lines[0].at(ticks);
        embedding.get(0).to(x).run();
        if (embedding.size() > 1) embedding.get(1).from(0, x).to(x).run();
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            int taps = layer.products.size();
            for (int k = 0; k < taps; k++) {
                long age = (taps - 1L - k) * spec.convolutions().dilations().get(i);
                layer.products.get(k).from(0, lines[i].at(ticks - age)).run();
            }
            run(layer.gate);
            if (layer.residual.isEmpty()) break; // the last
            INDArray next = lines[i + 1].at(ticks);
            layer.residual.get(0).from(0, lines[i].at(ticks)).to(next).run();
            layer.residual.get(1).to(next).run();
        }
        ticks++;
    }

    /// Computes the outputs of all rows.
    void head() {
        run(head);
        Nd4j.getAffinityManager().ensureLocation(outputs, Location.HOST);
    }

    private static void run(List<Operation> operations) {
        for (int o = 0; o < operations.size(); o++) operations.get(o).run(); // no iterator is made
    }

    /// The outputs of a row as [#head] left them.
    void outputs(int row, float[] into) {
        int width = spec.distribution().width();
        for (int q = 0; q < width; q++) into[q] = outputsOfHost.get(q * rows + row);
    }

    /// Takes over a row of another network on the same weights: all that it remembers, and its
    /// labels.
    void takeRow(int row, Nd4jGraph from, int fromRow) {
        try (var _ = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            for (int i = 0; i < lines.length; i++) {
                lines[i].copyRow(row, from.lines[i], fromRow, from.ticks - ticks);
                copyRow(biases[i], row, from.biases[i], fromRow);
            }
            copyRow(z, row, from.z, fromRow);
        }
    }

    private static void copyRow(INDArray to, int row, INDArray from, int fromRow) {
        to.get(point(row), all()).assign(from.get(point(fromRow), all()));
    }

    /// Frees its own arrays; the weights stay. Closing twice is harmless.
    void close() {
        for (DelayLine line : lines) line.close();
        for (INDArray array : owned) {
            if (!array.wasClosed()) array.close();
        }
    }
}
