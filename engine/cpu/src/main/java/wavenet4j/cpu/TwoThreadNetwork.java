package wavenet4j.cpu;

import wavenet4j.ModelSpec;
import wavenet4j.backend.Network;
import wavenet4j.backend.SilentState;
import wavenet4j.cpu.ResidualLayers.AfterGate;
import wavenet4j.cpu.internal.threads.Sequence;
import wavenet4j.cpu.internal.threads.StepTimer;

/// One stream on two threads. The caller's goes through the layers, each of which depends on the
/// one before; a helper follows and adds up the skips as the z become known. They share the rest of
/// the head. Every sum has the same order as on one thread, so the take is the same, and a tick can
/// do without the helper where that is faster.
///
/// Each thread has its half of the weights in its own core's cache, which gains more than the
/// second core's arithmetic.
final class TwoThreadNetwork implements Network {
    // What the rest of a layer and of a tick takes, in multiply-adds.
    private static final int GATE = 2_500;
    private static final int PICK = 40_000;

    private final ResidualLayers layers;
    private final StreamMemory stream;
    private final StreamBatch batch; // the stream alone
    private final Head.Part whole; // for a tick alone
    private final Head.Part own; // and for one with the helper
    private final Head.Part helpers;
    private final float[][] z; // [1][L * padded G], the helper's copy
    private final int[] level = new int[1];
    private final int stages; // of a tick: no z yet, 1 z, ... L z, the head begins
    private long ticks; // of the caller
    private boolean alone; // the latest tick went without the helper
    private boolean headDone; // the latest tick had its head: the helper is done with it
    private long nanos; // that the latest tick took
    private final StepTimer timer = new StepTimer();
    private final AfterGate afterGate =
            i -> {
                if (!alone()) reach(i + 1);
            };
    private long helperTick = 1; // the tick that the helper is at
    private int skipsAdded; // how many skips of that tick it has added

    private final Sequence caller = new Sequence(); // ticks * stages + the stage
    private final Sequence callersHidden = new Sequence(); // ticks
    private final Sequence helpersSkips = new Sequence(); // ticks
    private final Sequence helpersHidden = new Sequence(); // ticks
    private final Sequence helpersOutput = new Sequence(); // ticks

    TwoThreadNetwork(ModelSpec spec, ResidualLayers layers, Head head) {
        this.layers = layers;
        stream = new StreamMemory(spec, layers, head);
        batch = new StreamBatch(stream);
        int blocks = ownSkipBlocks(spec, head.skipBlocks());
        whole = head.whole();
        own = head.first(blocks);
        helpers = head.second(blocks);
        z = new float[1][stream.z.length];
        stages = layers.count() + 2;
        var helper = new Thread(this::help, "wavenet4j cpu helper");
        helper.setDaemon(true);
        helper.start();
    }

    @Override
    public int threads() {
        return 2;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public void tick(int[] levels) {
        long start = begin();
        layers.tick(batch, levels, afterGate);
        nanos = System.nanoTime() - start;
    }

    @Override
    public void feed(int stream, int[] levels, int from, int to) {
        for (int t = from; t < to; t++) {
            level[0] = levels[t];
            tick(level);
        }
    }

    @Override
    public void head() {
        long start = System.nanoTime();
        if (alone) whole.apply(batch, layers);
        else headWithHelper();
        headDone = true;
        timer.took(nanos + System.nanoTime() - start);
    }

    private void headWithHelper() {
        for (int i = 0; i < layers.count(); i++) own.addSkip(batch, i, batch.z, layers.atZ(i));
        caller.raiseAndWake(ticks * stages + layers.count() + 1);
        helpersSkips.await(ticks);
        own.applyHidden(batch);
        callersHidden.raise(ticks);
        helpersHidden.await(ticks);
        own.applyOutput(batch);
        helpersOutput.await(ticks);
    }

    @Override
    public float[] outputs(int stream) {
        return this.stream.output;
    }

    /// Begins a tick, with the helper or without.
    ///
    /// @return the time
    private long begin() {
        ticks++;
        if (alone || headDone) alone = timer.alone(); // else the helper may still be at the skips
        headDone = false;
        return System.nanoTime();
    }

    /// The helper's side, until the network is closed.
    private void help() {
        try {
            while (follow()) {}
        } finally {
            // If it failed, the caller must not wait for it.
            helpersSkips.abandon();
            helpersHidden.abandon();
            helpersOutput.abandon();
        }
    }

    /// Waits for the caller to get on, and follows to there; false when the network is closed.
    private boolean follow() {
        long reached = caller.awaitAsleep(helperTick * stages + skipsAdded + 1);
        if (reached == Sequence.ABANDONED) return false;
        if (reached / stages > helperTick) { // the caller went on without asking for a head
            helperTick = reached / stages;
            skipsAdded = 0;
        }
        int stage = (int) (reached % stages);
        int ready = Math.min(stage, layers.count());
        int from = skipsAdded * layers.gates();
        // At once: one by one each copy would wait for its cache lines from the other core.
        System.arraycopy(stream.z, from, z[0], from, ready * layers.gates() - from);
        for (; skipsAdded < ready; skipsAdded++)
            helpers.addSkip(batch, skipsAdded, z, layers.atZ(skipsAdded));
        if (stage > layers.count()) {
            helpersSkips.raise(helperTick);
            helpers.applyHidden(batch);
            helpersHidden.raise(helperTick);
            callersHidden.await(helperTick);
            helpers.applyOutput(batch);
            helpersOutput.raise(helperTick);
            helperTick++;
            skipsAdded = 0;
        }
        return true;
    }

    private boolean alone() {
        return alone;
    }

    /// The stage of this tick that the caller has reached.
    private void reach(int stage) {
        caller.raise(ticks * stages + stage);
    }

    @Override
    public void setLayerBias(int stream, float[][] biases) {
        this.stream.setLayerBias(biases);
    }

    @Override
    public void silence(int stream, SilentState state) {
        nanos = 0;
        begin();
        this.stream.silence(state);
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
