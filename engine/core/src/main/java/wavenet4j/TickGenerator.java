package wavenet4j;

import java.util.List;
import java.util.Objects;

/// A generator that runs the network tick by tick on the processor and picks in Java: what is
/// common to such backends. A subclass is the network and its delay lines.
public abstract class TickGenerator implements Generator {
    private final WaveNet model;
    private final Picker picker;
    private final float[] logits;
    private Take take = Take.ofSeed(0);
    private long position;
    private boolean logitsAreOfLatestTick;

    /// The subclass calls `reset` at the end of its own constructor.
    ///
    /// @param picker for the model's number of levels
    protected TickGenerator(WaveNet model, Picker picker) {
        this.model = model;
        this.picker = picker;
        logits = new float[model.spec().levels()];
    }

    /// Puts the delay lines into the state after a receptive field of level Q/2 under that label
    /// embedding.
    ///
    /// @param labelEmbedding `[E]`, the sum over the take's labels
    protected abstract void silence(float[] labelEmbedding);

    /// Feeds one level through the layers; afterwards the head can tell the distribution of the
    /// next.
    protected abstract void tick(int level);

    /// Computes the head for the latest tick.
    protected abstract void head(float[] logits);

    @Override
    public final WaveNet model() {
        return model;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public final void reset(Take take) {
        silence(labelEmbedding(take));
        this.take = take;
        position = 0;
        logitsAreOfLatestTick = false;
    }

    @Override
    public final void prime(int[] levels, int from, int to) {
        Objects.checkFromToIndex(from, to, levels.length);
        int most = model.spec().levels() - 1;
        for (int i = from; i < to; i++) {
            if (levels[i] < 0 || levels[i] > most) {
                throw new IllegalArgumentException(
                        "the level at " + i + " is " + levels[i] + "; the model has 0 to " + most);
            }
        }
        for (int i = from; i < to; i++) advance(levels[i]);
    }

    @Override
    public final void generate(int[] levels, int from, int to) {
        Objects.checkFromToIndex(from, to, levels.length);
        for (int i = from; i < to; i++) {
            computeLogits();
            float uniform = Philox.uniform(take.seed(), position, 0);
            levels[i] = picker.pick(logits, take.sampling(), uniform);
            advance(levels[i]);
        }
    }

    @Override
    public final void logits(float[] into) {
        computeLogits();
        System.arraycopy(logits, 0, into, 0, logits.length);
    }

    private void advance(int level) {
        tick(level);
        position++;
        logitsAreOfLatestTick = false;
    }

    private void computeLogits() {
        if (logitsAreOfLatestTick) return;
        head(logits);
        logitsAreOfLatestTick = true;
    }

    private float[] labelEmbedding(Take take) {
        List<String> names = model.spec().labels().names();
        for (String label : take.labels()) {
            if (!names.contains(label)) {
                throw new IllegalArgumentException(
                        "the model has no label \"%s\"; it has %s"
                                .formatted(
                                        label,
                                        names.isEmpty() ? "none" : String.join(", ", names)));
            }
        }
        var sum = new float[model.spec().labels().embedding()];
        // In the model's order, so that the sum is always the same.
        for (int row = 0; row < names.size(); row++) {
            if (!take.labels().contains(names.get(row))) continue;
            float[] table = model.weights().tensor("labels.embedding"); // [labels, E]
            for (int e = 0; e < sum.length; e++) sum[e] += table[row * sum.length + e];
        }
        return sum;
    }
}
