package wavenet4j.nd4j;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.backend.StreamState;
import wavenet4j.distribution.Picker;
import wavenet4j.distribution.Sampling;

import java.util.Map;
import java.util.Objects;

/// Streams in the rows of one network, on the caller's thread. What a single stream does while the
/// others stay, it does in a network of its own.
final class Nd4jStreams implements Streams {
    private final Nd4jWeights weights;
    private final Nd4jNetwork network;
    private final Nd4jNetwork alone; // of which the first row counts
    private final int count;
    private final StreamState[] voices;
    private final float[] outputs; // of one stream
    private final int[] drawn; // level of each stream
    private boolean outputsAreOfLatestTick;

    /// @param alone a network of as many rows on the same weights, which others may use in turn
    /// @param rows at least `count`; what is more runs along in silence
    Nd4jStreams(Nd4jWeights weights, Nd4jNetwork alone, int rows, int count) {
        this.weights = weights;
        this.alone = alone;
        this.count = Objects.checkIndex(count, rows + 1);
        ModelSpec spec = weights.model.spec();
        network = new Nd4jNetwork(weights, rows);
        voices = new StreamState[count];
        for (int n = 0; n < count; n++) {
            voices[n] = new StreamState(weights.model, Picker.of(spec.distribution()));
            voices[n].begin(Take.ofSeed(0));
        }
        outputs = new float[spec.distribution().width()];
        drawn = new int[count];
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        for (int n = 0; n < count; n++) Objects.checkFromToIndex(from, to, levels[n].length);
        for (int t = from; t < to; t++) {
            computeOutputs();
            for (int n = 0; n < count; n++) {
                network.outputs(n, outputs);
                drawn[n] = voices[n].draw(outputs);
                levels[n][t] = drawn[n];
            }
            tick(drawn);
        }
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        for (int n = 0; n < count; n++) voices[n].requireLevels(levels[n], from, to);
        for (int t = from; t < to; t++) {
            for (int n = 0; n < count; n++) drawn[n] = levels[n][t];
            tick(drawn);
        }
    }

    private void tick(int[] level) {
        for (int n = 0; n < count; n++) {
            network.level(n, level[n]);
            voices[n].advance();
        }
        network.tick();
        outputsAreOfLatestTick = false;
    }

    private void computeOutputs() {
        if (outputsAreOfLatestTick) return;
        network.head();
        outputsAreOfLatestTick = true;
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        Objects.checkIndex(stream, count);
        voices[stream].requireLevels(levels, from, to);
        if (from == to) return;
        alone.takeRow(0, network, stream);
        for (int t = from; t < to; t++) {
            alone.level(0, levels[t]);
            alone.tick();
            voices[stream].advance();
        }
        network.takeRow(stream, alone, 0);
        outputsAreOfLatestTick = false;
    }

    @Override
    public void reset(int stream, Take take) {
        voices[Objects.checkIndex(stream, count)].begin(take);
        alone.condition(0, voices[stream].labelEmbedding());
        alone.silence();
        network.takeRow(stream, alone, 0);
        outputsAreOfLatestTick = false;
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        voices[Objects.checkIndex(stream, count)].steer(sampling);
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        voices[Objects.checkIndex(stream, count)].label(labels);
        network.condition(stream, voices[stream].labelEmbedding());
    }

    @Override
    public void outputs(int stream, float[] into) {
        Objects.checkIndex(stream, count);
        computeOutputs();
        network.outputs(stream, into);
    }

    @Override
    public Model model() {
        return weights.model;
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
    public void close() {
        network.close();
        alone.close();
        weights.close();
    }
}
