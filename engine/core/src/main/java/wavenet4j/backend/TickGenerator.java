package wavenet4j.backend;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.distribution.Picker;
import wavenet4j.distribution.Quantizer;
import wavenet4j.distribution.Sampling;

import java.util.Map;
import java.util.Objects;

/// A generator that runs the network tick by tick on the processor and picks in Java: what is
/// common to such backends. A subclass is the network and its delay lines.
public abstract class TickGenerator implements Generator {
    private final Model model;
    private final StreamState voice;
    private final Quantizer quantizer;
    private final float[] outputs;
    private boolean outputsAreOfLatestTick;

    /// The subclass calls `reset` at the end of its own constructor.
    ///
    /// @param picker for the model's outputs
    protected TickGenerator(Model model, Picker picker) {
        this.model = model;
        voice = new StreamState(model, picker);
        quantizer = model.spec().quantizer();
        outputs = new float[model.spec().distribution().width()];
    }

    /// Conditions the ticks from here on; the delay lines stay. A real-time thread may call it: it
    /// allocates nothing.
    ///
    /// @param labelEmbedding `[E]`, the sum over the take's labels
    protected abstract void condition(float[] labelEmbedding);

    /// Puts the delay lines into the state after a receptive field of level Q/2.
    protected abstract void silence();

    /// Feeds one level through the layers; afterwards the head can tell the distribution of the
    /// next.
    protected abstract void tick(int level);

    /// Computes the head for the latest tick.
    protected abstract void head(float[] outputs);

    @Override
    public final Model model() {
        return model;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public final void reset(Take take) {
        voice.begin(take);
        condition(voice.labelEmbedding());
        silence();
        outputsAreOfLatestTick = false;
    }

    @Override
    public final void prime(int[] levels, int from, int to) {
        voice.requireLevels(levels, from, to);
        for (int i = from; i < to; i++) advance(levels[i]);
    }

    @Override
    public final void generate(int[] levels, int from, int to) {
        Objects.checkFromToIndex(from, to, levels.length);
        for (int i = from; i < to; i++) levels[i] = next();
    }

    @Override
    public final void generate(float[] samples, int from, int to) {
        Objects.checkFromToIndex(from, to, samples.length);
        for (int i = from; i < to; i++) samples[i] = quantizer.decode(next());
    }

    @Override
    public final void steer(Sampling sampling) {
        voice.steer(sampling);
    }

    @Override
    public final void label(Map<String, Float> labels) {
        voice.label(labels);
        condition(voice.labelEmbedding());
    }

    @Override
    public final void outputs(float[] into) {
        computeOutputs();
        System.arraycopy(outputs, 0, into, 0, outputs.length);
    }

    private int next() {
        computeOutputs();
        int level = voice.draw(outputs);
        advance(level);
        return level;
    }

    private void advance(int level) {
        tick(level);
        voice.advance();
        outputsAreOfLatestTick = false;
    }

    private void computeOutputs() {
        if (outputsAreOfLatestTick) return;
        head(outputs);
        outputsAreOfLatestTick = true;
    }
}
