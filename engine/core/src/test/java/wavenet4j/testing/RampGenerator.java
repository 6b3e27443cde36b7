package wavenet4j.testing;

import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.backend.TickGenerator;
import wavenet4j.distribution.CategoricalPicker;
import wavenet4j.distribution.MuLaw;
import wavenet4j.distribution.Sampling;

import java.util.List;
import java.util.Set;

/// A generator whose sound a test can foretell, and which allocates nothing: each level is the one
/// before plus 1, or plus 3 under a label; above temperature 0, half of them are an octave of
/// levels, 128, off.
public final class RampGenerator extends TickGenerator {
    public static final int RATE = 8000;
    public static final int LEVELS = 256;
    public static final String LABEL = "label 0";

    private static final ModelSpec SPEC =
            TestModels.labelled(
                    TestModels.spec(LEVELS, TestModels.channels(1), 1, List.of(1)), 1, 1);

    private final Runnable beforeEach;
    private int level;
    private int step;
    private volatile boolean closed;

    public RampGenerator() {
        this(() -> {});
    }

    /// @param beforeEach is run before each sample
    public RampGenerator(Runnable beforeEach) {
        super(TestModels.random(SPEC, 1), new CategoricalPicker(LEVELS));
        this.beforeEach = beforeEach;
        reset(new Take(0, new Sampling(0, 0, 1), Set.of()));
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
    protected void condition(float[] labelEmbedding) {
        step = labelEmbedding[0] == 0 ? 1 : 3;
    }

    @Override
    protected void silence() {
        level = LEVELS - 1;
    }

    @Override
    protected void tick(int level) {
        this.level = level;
    }

    @Override
    protected void head(float[] logits) {
        beforeEach.run();
        if (closed) throw new IllegalStateException("closed");
        for (int q = 0; q < logits.length; q++) logits[q] = -50;
        logits[(level + step) % LEVELS] = 0.001f;
        logits[(level + step + LEVELS / 2) % LEVELS] = 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
