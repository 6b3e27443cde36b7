package wavenet4j.cpu;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.backend.StreamState;
import wavenet4j.cpu.internal.kernels.Product;
import wavenet4j.distribution.Sampling;

import java.util.Map;
import java.util.Objects;

/// Up to eight streams through the network at once, on the caller's thread: each weight is read,
/// and decoded, once for all of them. What is missing to eight runs along in silence, at no cost.
final class StreamsInStep implements Streams {
    private final Model model;
    private final int count;
    private final ResidualLayers layers;
    private final Head head;
    private final StreamBatch eight;
    private final StreamState[] voices;
    private final int[] level = new int[Product.EIGHT]; // of the tick, silent past the count
    private boolean outputsAreOfLatestTick;

    StreamsInStep(Model model, ResidualLayers layers, Head head, int count) {
        ModelSpec spec = model.spec();
        this.model = model;
        this.count = Objects.checkIndex(count, Product.EIGHT + 1);
        this.layers = layers;
        this.head = head;
        eight = new StreamBatch(spec, layers, head);
        voices = new StreamState[Product.EIGHT];
        for (int n = 0; n < voices.length; n++) {
            level[n] = spec.quantizer().silence();
            voices[n] = new StreamState(model, layers.kernels().picker(spec.distribution()));
            begin(n, Take.ofSeed(0));
        }
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        for (int n = 0; n < count; n++) Objects.checkFromToIndex(from, to, levels[n].length);
        for (int t = from; t < to; t++) {
            computeOutputs();
            for (int n = 0; n < count; n++) {
                level[n] = voices[n].draw(eight.output[n]);
                levels[n][t] = level[n];
            }
            tick();
        }
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        for (int n = 0; n < count; n++) voices[n].requireLevels(levels[n], from, to);
        for (int t = from; t < to; t++) {
            for (int n = 0; n < count; n++) level[n] = levels[n][t];
            tick();
        }
    }

    private void tick() {
        layers.tick(eight, level);
        for (int n = 0; n < count; n++) voices[n].advance();
        outputsAreOfLatestTick = false;
    }

    private void computeOutputs() {
        if (outputsAreOfLatestTick) return;
        head.apply(eight, layers.gates());
        outputsAreOfLatestTick = true;
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        Objects.checkIndex(stream, count);
        voices[stream].requireLevels(levels, from, to);
        for (int t = from; t < to; t++) {
            layers.tick(eight.streams[stream], levels[t]);
            voices[stream].advance();
        }
        outputsAreOfLatestTick = false;
    }

    @Override
    public void reset(int stream, Take take) {
        begin(Objects.checkIndex(stream, count), take);
    }

    private void begin(int stream, Take take) {
        voices[stream].begin(take);
        layers.condition(eight.streams[stream], voices[stream].labelEmbedding());
        layers.silence(eight.streams[stream]);
        outputsAreOfLatestTick = false;
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        voices[Objects.checkIndex(stream, count)].steer(sampling);
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        Objects.checkIndex(stream, count);
        voices[stream].label(labels);
        layers.condition(eight.streams[stream], voices[stream].labelEmbedding());
    }

    @Override
    public void outputs(int stream, float[] into) {
        Objects.checkIndex(stream, count);
        computeOutputs();
        System.arraycopy(eight.output[stream], 0, into, 0, model.spec().distribution().width());
    }

    @Override
    public Model model() {
        return model;
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
    public void close() {}
}
