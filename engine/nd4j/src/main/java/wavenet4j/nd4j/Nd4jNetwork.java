package wavenet4j.nd4j;

import wavenet4j.backend.Network;
import wavenet4j.backend.SilentState;

/// Streams in the rows of one graph, on the caller's thread. A single stream is fed, while the
/// others stay, in a graph of its own.
final class Nd4jNetwork implements Network {
    private final Nd4jWeights weights;
    private final Nd4jGraph graph;
    private final Nd4jGraph alone; // of which the first row counts
    private final int count;
    private final float[] outputs; // of one stream

    /// @param alone a graph of as many rows on the same weights, which other networks may use too
    /// @param rows at least `count`; what is more is computed and not used
    Nd4jNetwork(Nd4jWeights weights, Nd4jGraph alone, int rows, int count) {
        this.weights = weights;
        this.alone = alone;
        this.count = count;
        graph = new Nd4jGraph(weights, rows);
        outputs = new float[weights.model.spec().distribution().width()];
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void setLayerBias(int stream, float[][] biases) {
        graph.setLayerBias(stream, biases);
    }

    @Override
    public void silence(int stream, SilentState state) {
        graph.silence(stream, state);
    }

    @Override
    public void tick(int[] levels) {
        for (int n = 0; n < count; n++) graph.level(n, levels[n]);
        graph.tick();
    }

    @Override
    public void feed(int stream, int[] levels, int from, int to) {
        if (from == to) return;
        alone.takeRow(0, graph, stream);
        for (int t = from; t < to; t++) {
            alone.level(0, levels[t]);
            alone.tick();
        }
        graph.takeRow(stream, alone, 0);
    }

    @Override
    public void head() {
        graph.head();
    }

    @Override
    public float[] outputs(int stream) {
        graph.outputs(stream, outputs);
        return outputs;
    }

    @Override
    public void close() {
        graph.close();
        alone.close();
        weights.close();
    }
}
