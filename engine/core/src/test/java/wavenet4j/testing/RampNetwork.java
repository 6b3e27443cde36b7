package wavenet4j.testing;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.backend.Conditioner;
import wavenet4j.backend.SilentState;
import wavenet4j.backend.SingleStreamNetwork;
import wavenet4j.backend.StepLoop;
import wavenet4j.distribution.CategoricalPicker;
import wavenet4j.distribution.MuLaw;
import wavenet4j.distribution.Sampling;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A network whose levels a test can predict, and which allocates nothing: each level is the one
/// before plus 1, or plus 3 under a label; above temperature 0, half of them are an octave of
/// levels, 128, off.
public final class RampNetwork implements SingleStreamNetwork {
    public static final int RATE = 8000;
    public static final int LEVELS = 256;
    public static final String LABEL = "label 0";

    private static final ModelSpec SPEC =
            TestModels.labelled(
                    TestModels.spec(LEVELS, TestModels.channels(1), 1, List.of(1)), 1, 1);

    private static final Model MODEL = TestModels.random(SPEC, 1);
    private static final float[] LEARNED_BIAS = MODEL.weights().layer(SPEC, 0).dilatedBias();

    private final Runnable beforeEach;
    private final float[] logits = new float[LEVELS];
    private int level;
    private int step;
    private volatile boolean closed;

    public RampNetwork() {
        this(() -> {});
    }

    /// @param beforeEach is run before each sample
    public RampNetwork(Runnable beforeEach) {
        this.beforeEach = beforeEach;
    }

    /// A generator on it, at temperature 0.
    public Generator generator() {
        var picker = new CategoricalPicker(LEVELS);
        var generator = new Generator(new StepLoop(new Conditioner(MODEL), this, picker));
        generator.reset(new Take(0, new Sampling(0, 0, 1), Set.of()));
        return generator;
    }

    /// The amplitudes of `count` levels, the first of which is `first`.
    public static float[] expected(int first, int count, int step) {
        var levels = new int[count];
        for (int i = 0; i < count; i++) levels[i] = (first + i * step) % LEVELS;
        return new MuLaw(LEVELS).decode(levels);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void setLayerBias(int stream, float[][] biases) {
        step = Arrays.equals(biases[0], LEARNED_BIAS) ? 1 : 3;
    }

    @Override
    public void silence(int stream, SilentState state) {
        level = LEVELS - 1;
    }

    @Override
    public void tick(int level) {
        this.level = level;
    }

    @Override
    public void head() {
        beforeEach.run();
        if (closed) throw new IllegalStateException("closed");
        Arrays.fill(logits, -50);
        logits[(level + step) % LEVELS] = 0.001f;
        logits[(level + step + LEVELS / 2) % LEVELS] = 0;
    }

    @Override
    public float[] outputs(int stream) {
        return logits;
    }

    @Override
    public void close() {
        closed = true;
    }
}
