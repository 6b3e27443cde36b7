package wavenet4j.backend;

import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Picker;
import wavenet4j.distribution.Sampling;

import java.util.Map;
import java.util.Objects;

/// The sample loop of every processor backend: condition, tick, head, pick, feed back.
public final class StepLoop implements Streams {
    private final Conditioner conditioner;
    private final Network network;
    private final Picker picker;
    private final StreamState[] streams;
    private final int[] next; // level of each stream
    private boolean outputsAreOfLatestTick;

    /// Streams at the beginning of `Take.ofSeed(0)`.
    ///
    /// @param conditioner of the model, for this loop alone
    /// @param network closed with the loop
    /// @param picker for the model's outputs
    public StepLoop(Conditioner conditioner, Network network, Picker picker) {
        this.conditioner = conditioner;
        this.network = network;
        this.picker = picker;
        streams = new StreamState[network.count()];
        next = new int[streams.length];
        for (int n = 0; n < streams.length; n++) {
            streams[n] = new StreamState(model().spec());
            reset(n, Take.ofSeed(0));
        }
    }

    @Override
    public void reset(int stream, Take take) {
        model().spec().distribution().requireSampling(take.sampling()); // before anything changes
        network.setLayerBias(stream, conditioner.biases(take.labels()));
        network.silence(stream, conditioner.silence());
        streams[stream].begin(take);
        outputsAreOfLatestTick = false;
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        network.setLayerBias(Objects.checkIndex(stream, count()), conditioner.biases(labels));
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        streams[stream].steer(sampling);
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        streams[stream].requireLevels(levels, from, to);
        network.feed(stream, levels, from, to);
        streams[stream].advance(to - from);
        outputsAreOfLatestTick = false;
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        for (int n = 0; n < streams.length; n++) streams[n].requireLevels(levels[n], from, to);
        for (int t = from; t < to; t++) {
            for (int n = 0; n < next.length; n++) next[n] = levels[n][t];
            tick();
        }
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        for (int n = 0; n < next.length; n++) Objects.checkFromToIndex(from, to, levels[n].length);
        for (int t = from; t < to; t++) {
            computeOutputs();
            for (int n = 0; n < next.length; n++) {
                next[n] = draw(n);
                levels[n][t] = next[n];
            }
            tick();
        }
    }

    @Override
    public void outputs(int stream, float[] into) {
        Objects.checkIndex(stream, count());
        computeOutputs();
        int width = model().spec().distribution().width();
        System.arraycopy(network.outputs(stream), 0, into, 0, width);
    }

    private int draw(int stream) {
        StreamState state = streams[stream];
        float uniform = Philox.uniform(state.seed(), state.position(), 0);
        return picker.pick(network.outputs(stream), state.sampling(), uniform);
    }

    private void tick() {
        network.tick(next);
        for (StreamState state : streams) state.advance(1);
        outputsAreOfLatestTick = false;
    }

    private void computeOutputs() {
        if (outputsAreOfLatestTick) return;
        network.head();
        outputsAreOfLatestTick = true;
    }

    @Override
    public Model model() {
        return conditioner.model();
    }

    @Override
    public int count() {
        return streams.length;
    }

    @Override
    public int threads() {
        return network.threads();
    }

    @Override
    public void close() {
        network.close();
    }
}
