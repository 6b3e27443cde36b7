package wavenet4j.cpu;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.backend.TickGenerator;
import wavenet4j.cpu.internal.threads.Sequence;
import wavenet4j.cpu.internal.threads.StepTimer;

/// The network on two threads. The caller's goes through the layers, each of which waits for the
/// one before; a helper follows and adds up the skips as the z appear. The rest of the head they
/// share. Every sum has the same order as on one thread, so the take is the same, and a tick can do
/// without the helper where that is faster.
///
/// Each has its half of the weights in its own core's cache, which makes more of a difference than
/// the second pair of hands.
final class TwoThreadGenerator extends TickGenerator {
    // What the rest of a layer and of a tick takes, in multiply-adds.
    private static final int GATE = 2_500;
    private static final int PICK = 40_000;

    private final ResidualLayers layers;
    private final StreamMemory stream;
    private final Head.Part whole; // for a tick alone
    private final Head.Part own; // and for one with the helper
    private final Head.Part helpers;
    private final float[] z; // [L, padded G], the helper's copy
    private final int stages; // of a tick: no z yet, 1 z, ... L z, the head is asked for
    private long ticks; // of the caller
    private boolean alone; // the latest tick went without the helper
    private boolean headed; // the latest tick had its head: the helper is done with it
    private long nanos; // that the latest tick took
    private final StepTimer pace = new StepTimer();
    private long followed = 1; // the tick that the helper is at
    private int added; // the skips of that tick that it has added

    private final Sequence caller = new Sequence(); // ticks * stages + the stage
    private final Sequence callersHidden = new Sequence(); // ticks
    private final Sequence helpersSkips = new Sequence(); // ticks
    private final Sequence helpersHidden = new Sequence(); // ticks
    private final Sequence helpersOutput = new Sequence(); // ticks

    TwoThreadGenerator(Model model, ResidualLayers layers, Head head) {
        super(model, layers.kernels().picker(model.spec().distribution()));
        this.layers = layers;
        stream = new StreamMemory(model.spec(), layers, head);
        int blocks = ownSkipBlocks(model.spec(), head.skipBlocks());
        whole = head.whole();
        own = head.first(blocks);
        helpers = head.second(blocks);
        z = new float[stream.z.length];
        stages = layers.count() + 2;
        reset(Take.ofSeed(0));
        var helper = new Thread(this::help, "wavenet4j cpu helper");
        helper.setDaemon(true);
        helper.start();
    }

    @Override
    public int threads() {
        return 2;
    }

    @Override
    protected void tick(int level) {
        long start = begin();
        layers.hear(stream, level);
        layers.sumPast(stream, 0);
        for (int i = 0; i < layers.count(); i++) {
            layers.gate(stream, i);
            if (!alone) reach(i + 1);
            if (i == layers.count() - 1) break;
            layers.sumPast(stream, i + 1);
            layers.addResidual(stream, i);
        }
        nanos = System.nanoTime() - start;
    }

    @Override
    protected void head(float[] outputs) {
        long start = System.nanoTime();
        Head.Part part = alone ? whole : own;
        for (int i = 0; i < layers.count(); i++) {
            part.addSkip(stream, i, stream.z, layers.gates());
        }
        if (alone) {
            part.applyHidden(stream);
            part.applyOutput(stream);
        } else {
            caller.raiseAndWake(ticks * stages + layers.count() + 1);
            helpersSkips.await(ticks);
            part.applyHidden(stream);
            callersHidden.raise(ticks);
            helpersHidden.await(ticks);
            part.applyOutput(stream);
            helpersOutput.await(ticks);
        }
        System.arraycopy(stream.output, 0, outputs, 0, outputs.length);
        headed = true;
        pace.took(nanos + System.nanoTime() - start);
    }

    /// Begins a tick, alone or not; tells when.
    private long begin() {
        ticks++;
        if (alone || headed) alone = pace.alone(); // else the helper may still be at the skips
        headed = false;
        return System.nanoTime();
    }

    /// The helper's side, until the generator is closed.
    private void help() {
        try {
            while (follow()) {}
        } finally {
            // If it fell, so must who waits for it.
            helpersSkips.abandon();
            helpersHidden.abandon();
            helpersOutput.abandon();
        }
    }

    /// Waits for the caller to get on, and follows to there; false when the generator is closed.
    private boolean follow() {
        long reached = caller.awaitAsleep(followed * stages + added + 1);
        if (reached == Sequence.ABANDONED) return false;
        if (reached / stages > followed) { // the caller went on without asking for a head
            followed = reached / stages;
            added = 0;
        }
        int stage = (int) (reached % stages);
        int ready = Math.min(stage, layers.count());
        int from = added * layers.gates();
        // At once: one by one each would wait for its cache lines to come from there.
        System.arraycopy(stream.z, from, z, from, ready * layers.gates() - from);
        for (; added < ready; added++) helpers.addSkip(stream, added, z, layers.gates());
        if (stage > layers.count()) {
            helpersSkips.raise(followed);
            helpers.applyHidden(stream);
            helpersHidden.raise(followed);
            callersHidden.await(followed);
            helpers.applyOutput(stream);
            helpersOutput.raise(followed);
            followed++;
            added = 0;
        }
        return true;
    }

    /// The stage of this tick that the caller has reached.
    private void reach(int stage) {
        caller.raise(ticks * stages + stage);
    }

    @Override
    protected void condition(float[] labelEmbedding) {
        layers.condition(stream, labelEmbedding);
    }

    @Override
    protected void silence() {
        nanos = 0;
        begin();
        layers.silence(stream);
        if (!alone) reach(layers.count());
    }

    @Override
    public void close() {
        caller.abandon();
    }

    /// The blocks of the skips that the caller adds up so that neither waits long for the other.
    private static int ownSkipBlocks(ModelSpec spec, int blocks) {
        var c = spec.convolutions();
        long layer = (2L * spec.convolutions().kernelSize() + 1) * c.gate() * c.residual();
        double chain = spec.layers() * (layer + GATE) + PICK;
        double skips = (double) spec.layers() * c.skip() * c.gate();
        return Math.clamp(Math.round(blocks * (skips - chain) / (2 * skips)), 0, blocks);
    }
}
