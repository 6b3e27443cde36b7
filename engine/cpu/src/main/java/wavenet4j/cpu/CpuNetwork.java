package wavenet4j.cpu;

import wavenet4j.ModelSpec;
import wavenet4j.backend.Network;
import wavenet4j.backend.SilentState;
import wavenet4j.cpu.ResidualLayers.AfterGate;
import wavenet4j.cpu.internal.kernels.Product;

import java.util.Arrays;

/// One stream, or up to eight in step, on the caller's thread. In step each weight is read, and
/// decoded, once for all of them; what is missing to eight runs along unused, at no cost.
final class CpuNetwork implements Network {
    private final int count;
    private final ResidualLayers layers;
    private final Head.Part head;
    private final StreamBatch together;
    private final StreamBatch[] alone; // each stream by itself
    private final int[] levels; // of the tick; silence past the count
    private final int[] level = new int[1];

    /// @param count 1 to 8
    CpuNetwork(ModelSpec spec, ResidualLayers layers, Head head, int count) {
        this.count = count;
        this.layers = layers;
        this.head = head.whole();
        var streams = new StreamMemory[count == 1 ? 1 : Product.BATCH];
        Arrays.setAll(streams, _ -> new StreamMemory(spec, layers, head));
        together = new StreamBatch(streams);
        alone = Arrays.stream(streams).map(StreamBatch::new).toArray(StreamBatch[]::new);
        levels = new int[streams.length];
        Arrays.fill(levels, spec.quantizer().silence());
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
        together.streams[stream].setLayerBias(biases);
    }

    @Override
    public void silence(int stream, SilentState state) {
        together.streams[stream].silence(state);
    }

    @Override
    public void tick(int[] levels) {
        System.arraycopy(levels, 0, this.levels, 0, count);
        layers.tick(together, this.levels, AfterGate.NOTHING);
    }

    @Override
    public void feed(int stream, int[] levels, int from, int to) {
        for (int t = from; t < to; t++) {
            level[0] = levels[t];
            layers.tick(alone[stream], level, AfterGate.NOTHING);
        }
    }

    @Override
    public void head() {
        head.apply(together, layers);
    }

    @Override
    public float[] outputs(int stream) {
        return together.streams[stream].output;
    }

    @Override
    public void close() {}
}
