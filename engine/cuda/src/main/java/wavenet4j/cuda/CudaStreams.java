package wavenet4j.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.backend.Conditioner;
import wavenet4j.backend.StreamState;
import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.DeviceMemory;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.Kernel;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.cuda.internal.plan.RunParameters;
import wavenet4j.cuda.internal.plan.WeightPacking;
import wavenet4j.distribution.Sampling;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;

/// Streams on a GPU. Weights, delay lines and logits stay in device memory; each launch copies the
/// parameters of the streams to the device, and levels to it or from it.
final class CudaStreams implements Streams {
    // A launch cannot be interrupted, and blocks the GPU for other programs as long as it runs.
    private static final long TARGET_LAUNCH_NANOS = 50_000_000;

    private static final int MIN_TICKS_PER_LAUNCH = 32;
    private static final int MAX_TICKS_PER_LAUNCH = 1 << 14;
    private static final long MAX_LEVEL_BYTES = 1 << 26;

    private final Conditioner conditioner;
    private final ModelSpec spec;
    private final Plan plan;
    private final WeightPacking packing;
    private final Gpu gpu;
    private final Kernel kernel;
    private final long patience; // nanoseconds
    private final Arena arena = Arena.ofShared();
    private final RunParameters parameters;

    private final DeviceMemory deviceStreams;
    private final DeviceMemory deviceLevels;
    private final DeviceMemory deviceLogits;
    private final DeviceMemory deviceLayerBiases;
    private final DelayLineMemory delayLines;
    private final DeviceMemory mailboxes;
    private final DeviceMemory errorFlag;

    private final MemorySegment streamParameters; // the kernel's StreamParameters, [slots]
    private final MemorySegment hostLevels; // [slots][ticks of the launch]
    private final MemorySegment layerBiases; // [groups][layers][layerBiasBytes]
    private final MemorySegment logits; // [Q] of one stream
    private final MemorySegment errorCode;

    private final StreamState[] states;
    private final long[] times; // ticks of each stream since it was opened, resets included
    private final BitSet unprimed =
            new BitSet(); // streams whose delay lines are silent, still without logits
    private final BitSet staleBiases = new BitSet(); // groups whose layer biases the device lacks
    private int ticksPerLaunch = MIN_TICKS_PER_LAUNCH;
    private boolean closed;

    /// @param model whose weights are rounded to the precision already
    /// @param gpu closed with the streams
    /// @param kernel of the plan's layout, on that card
    /// @param patience how long a block waits for another, in nanoseconds
    CudaStreams(Model model, int count, Plan plan, Gpu gpu, Kernel kernel, long patience) {
        conditioner = new Conditioner(model);
        this.plan = plan;
        this.gpu = gpu;
        spec = model.spec();
        Layout layout = plan.layout();
        packing = new WeightPacking(model, layout);
        this.kernel = kernel;
        this.patience = patience;

        int groups = plan.groups();
        int slots = groups * layout.columns();
        long layerBiasBytes = (long) spec.layers() * layout.layerBiasBytes();
        int[] lines = packing.lines();
        int lineSlots = lines[lines.length - 2] + lines[lines.length - 1];
        int maxTicks = maxTicks(slots);

        deviceStreams = gpu.allocate((long) slots * RunParameters.STREAM_BYTES);
        deviceLevels = gpu.allocate((long) slots * maxTicks * Integer.BYTES);
        deviceLogits = gpu.allocate((long) slots * layout.levels() * Float.BYTES);
        deviceLayerBiases = gpu.allocate(groups * layerBiasBytes);
        mailboxes =
                gpu.allocate(
                        (long) plan.pipelines()
                                * plan.blocks()
                                * plan.groupsPerPipeline()
                                * layout.mailboxBytes());
        errorFlag = gpu.allocate(Integer.BYTES);
        streamParameters = arena.allocate(deviceStreams.bytes(), Long.BYTES);
        hostLevels = arena.allocate(deviceLevels.bytes(), Integer.BYTES);
        layerBiases = arena.allocate(deviceLayerBiases.bytes(), Layout.UNIT_BYTES);
        logits = arena.allocate(JAVA_FLOAT, layout.levels());
        errorCode = arena.allocate(JAVA_INT);

        delayLines = new DelayLineMemory(gpu, arena, layout, groups, lines);
        parameters = new RunParameters(arena);
        try (var local = Arena.ofConfined()) {
            parameters.pointers(
                    upload(packing.weights(local)),
                    upload(local.allocateFrom(JAVA_FLOAT, packing.residualBiases())),
                    upload(local.allocateFrom(JAVA_FLOAT, packing.skipBias())),
                    upload(local.allocateFrom(JAVA_FLOAT, packing.hiddenBias())),
                    upload(local.allocateFrom(JAVA_FLOAT, packing.outputBias())),
                    upload(local.allocateFrom(JAVA_FLOAT, packing.embedding())),
                    upload(local.allocateFrom(JAVA_INT, lines)),
                    deviceLayerBiases,
                    gpu.allocate(groups * layerBiasBytes), // past
                    delayLines.device(),
                    deviceStreams,
                    deviceLevels,
                    deviceLogits,
                    mailboxes,
                    errorFlag);
        }
        parameters.patience(patience);
        parameters.shape(spec, plan, lineSlots);

        states = new StreamState[count];
        times = new long[count];
        float[][] biases = conditioner.biases(Map.of());
        for (int n = 0; n < count; n++) {
            states[n] = new StreamState(spec);
            setLayerBias(n, biases);
        }
        delayLines.fill(conditioner.silence());
        unprimed.set(0, count);
    }

    @Override
    public Model model() {
        return conditioner.model();
    }

    @Override
    public int count() {
        return states.length;
    }

    /// 1: the calling thread, which waits for the GPU.
    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void reset(int stream, Take take) {
        spec.distribution().requireSampling(take.sampling()); // before anything changes
        setLayerBias(Objects.checkIndex(stream, count()), conditioner.biases(take.labels()));
        delayLines.fill(stream, conditioner.silence());
        states[stream].begin(take);
        unprimed.set(stream);
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        states[stream].steer(sampling);
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        Objects.checkIndex(stream, count());
        float[][] biases = conditioner.biases(labels);
        if (unprimed.get(stream)) feedSilence(); // under the labels it began with
        setLayerBias(stream, biases);
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        states[stream].requireLevels(levels, from, to);
        feedSilence();
        var all = new int[count()][];
        all[stream] = levels;
        run(only(stream), Task.FEED, all, from, to);
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        for (int n = 0; n < count(); n++) states[n].requireLevels(levels[n], from, to);
        feedSilence();
        run(everyStream(), Task.FEED, levels, from, to);
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        for (int n = 0; n < count(); n++) Objects.checkFromToIndex(from, to, levels[n].length);
        feedSilence();
        run(everyStream(), Task.DRAW, levels, from, to);
    }

    @Override
    public void outputs(int stream, float[] into) {
        Objects.checkIndex(stream, count());
        feedSilence();
        deviceLogits.read(stream * logits.byteSize(), logits);
        MemorySegment.copy(logits, JAVA_FLOAT, 0, into, 0, spec.levels());
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        gpu.close();
        arena.close();
    }

    private enum Task {
        FEED,
        DRAW
    }

    /// Sets the layer biases of a stream; the next launch copies them.
    private void setLayerBias(int stream, float[][] conditioned) {
        int group = stream / plan.layout().columns();
        long bytes = layerBiases.byteSize() / plan.groups();
        float[] biases = packing.layerBiases(conditioned);
        packing.placeLayerBiases(
                biases,
                stream % plan.layout().columns(),
                layerBiases.asSlice(group * bytes, bytes));
        staleBiases.set(group);
    }

    /// Feeds the last tick of silence to all streams that were reset, for their logits.
    private void feedSilence() {
        if (unprimed.isEmpty()) return;
        var levels = new int[count()][1];
        for (int[] level : levels) level[0] = spec.quantizer().silence();
        run(unprimed, Task.FEED, levels, 0, 1);
        // Positions count from the take's first sample.
        unprimed.stream().forEach(n -> states[n].advance(-1));
        unprimed.clear();
    }

    /// Runs the streams of `active` through `levels[n][from, to)`, in as many launches as needed.
    private void run(BitSet active, Task task, int[][] levels, int from, int to) {
        for (int at = from; at < to; ) {
            int ticks = Math.min(to - at, ticksPerLaunch);
            launch(active, task, levels, at, ticks);
            at += ticks;
        }
    }

    private void launch(BitSet active, Task task, int[][] levels, int at, int ticks) {
        writeStreamParameters(active);
        writeLayerBiases();
        var levelsOfLaunch = hostLevels.asSlice(0, (long) slotCount() * ticks * Integer.BYTES);
        if (task == Task.FEED) {
            for (int n = active.nextSetBit(0); n >= 0; n = active.nextSetBit(n + 1)) {
                MemorySegment.copy(
                        levels[n],
                        at,
                        levelsOfLaunch,
                        JAVA_INT,
                        (long) n * ticks * Integer.BYTES,
                        ticks);
            }
            deviceLevels.write(0, levelsOfLaunch);
        }
        if (plan.layout().link() == Layout.Link.GRID) mailboxes.clear();
        errorFlag.clear();
        parameters.run(ticks, task == Task.FEED);
        long start = System.nanoTime();
        kernel.launch(plan.launch(), parameters.bytes());
        gpu.synchronize();
        requireSuccess();
        adjustLaunchLength(ticks, System.nanoTime() - start);
        if (task == Task.DRAW) {
            deviceLevels.read(0, levelsOfLaunch);
            for (int n = active.nextSetBit(0); n >= 0; n = active.nextSetBit(n + 1)) {
                MemorySegment.copy(
                        levelsOfLaunch,
                        JAVA_INT,
                        (long) n * ticks * Integer.BYTES,
                        levels[n],
                        at,
                        ticks);
            }
        }
        for (int n = active.nextSetBit(0); n >= 0; n = active.nextSetBit(n + 1)) {
            states[n].advance(ticks);
            times[n] += ticks;
        }
    }

    private void writeStreamParameters(BitSet active) {
        for (int n = 0; n < count(); n++) {
            RunParameters.stream(streamParameters, n, states[n], times[n], active.get(n));
        }
        deviceStreams.write(0, streamParameters);
    }

    private void writeLayerBiases() {
        long bytes = layerBiases.byteSize() / plan.groups();
        for (int g = staleBiases.nextSetBit(0); g >= 0; g = staleBiases.nextSetBit(g + 1)) {
            deviceLayerBiases.write(g * bytes, layerBiases.asSlice(g * bytes, bytes));
        }
        staleBiases.clear();
    }

    private void requireSuccess() {
        errorFlag.read(0, errorCode);
        switch (errorCode.get(JAVA_INT, 0)) {
            case RunParameters.SUCCESS -> {}
            case RunParameters.TIMED_OUT ->
                    throw new CudaException(
                            "a block of the kernel waited %s seconds for another on the card %s"
                                    .formatted(seconds(patience), gpu.properties().name()),
                            "end other programs that use the card, or let it wait longer by"
                                    + " WAVENET4J_CUDA_PATIENCE=SECONDS, and run it again");
            default -> throw new AssertionError("kernel and host differ on the size of a struct");
        }
    }

    private static String seconds(long nanoseconds) {
        return BigDecimal.valueOf(nanoseconds, 9).stripTrailingZeros().toPlainString();
    }

    /// Fits the length of the next launches to the time that the last one took.
    private void adjustLaunchLength(int ticks, long nanoseconds) {
        long fitting = TARGET_LAUNCH_NANOS * ticks / Math.max(nanoseconds, 1);
        int most = Math.min(2 * Math.max(ticks, ticksPerLaunch), maxTicks(slotCount()));
        if (ticks < ticksPerLaunch && fitting > ticksPerLaunch) return; // too short to tell
        ticksPerLaunch = Math.clamp(fitting, MIN_TICKS_PER_LAUNCH, most);
    }

    private static int maxTicks(int streams) {
        return Math.clamp(
                MAX_LEVEL_BYTES / Integer.BYTES / streams,
                MIN_TICKS_PER_LAUNCH,
                MAX_TICKS_PER_LAUNCH);
    }

    /// The streams of all groups, with those that pad the last one.
    private int slotCount() {
        return plan.groups() * plan.layout().columns();
    }

    private BitSet everyStream() {
        var all = new BitSet();
        all.set(0, count());
        return all;
    }

    private static BitSet only(int stream) {
        var one = new BitSet();
        one.set(stream);
        return one;
    }

    private DeviceMemory upload(MemorySegment segment) {
        DeviceMemory memory = gpu.allocate(segment.byteSize());
        memory.write(0, segment);
        return memory;
    }
}
