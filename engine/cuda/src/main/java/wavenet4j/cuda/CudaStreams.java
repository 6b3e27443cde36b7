package wavenet4j.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.backend.StreamState;
import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.DeviceMemory;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.Kernel;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.cuda.internal.plan.RunParameters;
import wavenet4j.cuda.internal.plan.WeightPacking;
import wavenet4j.distribution.Picker;
import wavenet4j.distribution.Sampling;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;

/// Streams on a graphics card. Network, delay lines and logits lie there from the first call to the
/// last; what goes up and down is a few bytes for each stream, and the levels.
final class CudaStreams implements Streams {
    // A run takes about this long: the card answers to nobody else meanwhile, and nothing stops it.
    private static final long NANOSECONDS_OF_RUN = 50_000_000;

    private static final int FEWEST_TICKS_OF_RUN = 32;
    private static final int MOST_TICKS_OF_RUN = 1 << 14;
    private static final long MOST_LEVEL_BYTES = 1 << 26;

    private final Model model;
    private final ModelSpec spec;
    private final Plan plan;
    private final WeightPacking packing;
    private final Gpu gpu;
    private final Kernel kernel;
    private final Arena arena = Arena.ofShared();
    private final RunParameters parameters;

    private final DeviceMemory voicesOnCard;
    private final DeviceMemory takesOnCard;
    private final DeviceMemory logitsOnCard;
    private final DeviceMemory conditionsOnCard;
    private final DeviceMemory mail;
    private final DeviceMemory error;

    private final MemorySegment voiceBytes; // of all streams, as the kernel has them
    private final MemorySegment takeLevels; // [streams of all groups][ticks of the run]
    private final MemorySegment conditions; // [groups][bytes of a group]
    private final MemorySegment logits; // [Q] of one stream
    private final MemorySegment failure;

    private final StreamState[] voices;
    private final long[] times; // ticks of each stream since it was opened
    private final BitSet silent = new BitSet(); // streams that have their silence still before them
    private final BitSet relabelled = new BitSet(); // groups whose conditions are to be brought up
    private int ticksOfRun = FEWEST_TICKS_OF_RUN;
    private boolean closed;

    /// @param model with its weights as they shall count
    /// @param gpu closed with the streams
    CudaStreams(Model model, int count, Plan plan, Gpu gpu, byte[] image) {
        this.model = model;
        this.plan = plan;
        this.gpu = gpu;
        spec = model.spec();
        Layout layout = plan.layout();
        packing = new WeightPacking(model, layout);
        kernel = gpu.load(image, "wavenet");

        int groups = plan.groups();
        int slots = groups * layout.columns();
        long conditionBytes = (long) spec.layers() * layout.conditionBytes();
        int[] lines = packing.lines();
        int lineSlots = lines[lines.length - 2] + lines[lines.length - 1];
        int mostTicks = mostTicks(slots);

        voicesOnCard = gpu.allocate((long) slots * RunParameters.VOICE_BYTES);
        takesOnCard = gpu.allocate((long) slots * mostTicks * Integer.BYTES);
        logitsOnCard = gpu.allocate((long) slots * layout.levels() * Float.BYTES);
        conditionsOnCard = gpu.allocate(groups * conditionBytes);
        mail =
                gpu.allocate(
                        (long) plan.crews()
                                * plan.blocks()
                                * plan.groupsOfCrew()
                                * layout.mailBytes());
        error = gpu.allocate(Integer.BYTES);
        voiceBytes = arena.allocate(voicesOnCard.bytes(), Long.BYTES);
        takeLevels = arena.allocate(takesOnCard.bytes(), Integer.BYTES);
        conditions = arena.allocate(conditionsOnCard.bytes(), Layout.UNIT_BYTES);
        logits = arena.allocate(JAVA_FLOAT, layout.levels());
        failure = arena.allocate(JAVA_INT);

        parameters = new RunParameters(arena);
        try (var local = Arena.ofConfined()) {
            parameters.pointers(
                    onCard(packing.weights(local)),
                    onCard(local.allocateFrom(JAVA_FLOAT, packing.residualBiases())),
                    onCard(local.allocateFrom(JAVA_FLOAT, packing.skipBias())),
                    onCard(local.allocateFrom(JAVA_FLOAT, packing.hiddenBias())),
                    onCard(local.allocateFrom(JAVA_FLOAT, packing.outputBias())),
                    onCard(local.allocateFrom(JAVA_FLOAT, packing.embedding())),
                    onCard(local.allocateFrom(JAVA_INT, lines)),
                    conditionsOnCard,
                    gpu.allocate(groups * conditionBytes), // past
                    gpu.allocate(delayLineBytes(layout, slots, lineSlots)),
                    voicesOnCard,
                    takesOnCard,
                    logitsOnCard,
                    mail,
                    error);
        }
        parameters.shape(spec, plan, lineSlots);

        voices = new StreamState[count];
        times = new long[count];
        for (int n = 0; n < count; n++) {
            voices[n] = new StreamState(model, Picker.of(spec.distribution()));
            begin(n, Take.ofSeed(0));
        }
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public int count() {
        return voices.length;
    }

    /// One, which waits for the card.
    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void reset(int stream, Take take) {
        begin(stream, take);
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        voices[stream].steer(sampling);
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        if (silent.get(Objects.checkIndex(stream, count())))
            fallSilent(); // under the labels it began with
        voices[stream].label(labels);
        condition(stream);
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        voices[stream].requireLevels(levels, from, to);
        fallSilent();
        var all = new int[count()][];
        all[stream] = levels;
        run(only(stream), Task.FEED, all, from, to);
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        for (int n = 0; n < count(); n++) voices[n].requireLevels(levels[n], from, to);
        fallSilent();
        run(everyStream(), Task.FEED, levels, from, to);
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        for (int n = 0; n < count(); n++) Objects.checkFromToIndex(from, to, levels[n].length);
        fallSilent();
        run(everyStream(), Task.DRAW, levels, from, to);
    }

    @Override
    public void outputs(int stream, float[] into) {
        Objects.checkIndex(stream, count());
        fallSilent();
        logitsOnCard.read(stream * logits.byteSize(), logits);
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

    private void begin(int stream, Take take) {
        voices[stream].begin(take);
        condition(stream);
        silent.set(stream);
    }

    /// Computes what the stream's labels add to its layers; it is brought up with the next run.
    private void condition(int stream) {
        int group = stream / plan.layout().columns();
        long bytes = conditions.byteSize() / plan.groups();
        float[] condition = packing.condition(voices[stream].labelEmbedding());
        packing.place(
                condition,
                stream % plan.layout().columns(),
                conditions.asSlice(group * bytes, bytes));
        relabelled.set(group);
    }

    /// Feeds the streams that began anew a receptive field of level Q/2, all of them together.
    private void fallSilent() {
        if (silent.isEmpty()) return;
        int field = spec.receptiveField();
        var silence = new int[Math.min(field, MOST_TICKS_OF_RUN)];
        Arrays.fill(silence, spec.levels() / 2);
        var levels = new int[count()][];
        silent.stream().forEach(n -> levels[n] = silence);
        for (int left = field; left > 0; left -= silence.length) {
            run(silent, Task.FEED, levels, 0, Math.min(left, silence.length));
        }
        // It is no part of the take.
        silent.stream().forEach(n -> voices[n].advance(-field));
        silent.clear();
    }

    /// Runs the streams of `active` through `levels[n][from, to)`, in as many launches as it takes.
    private void run(BitSet active, Task task, int[][] levels, int from, int to) {
        for (int at = from; at < to; ) {
            int ticks = Math.min(to - at, ticksOfRun);
            launch(active, task, levels, at, ticks);
            at += ticks;
        }
    }

    private void launch(BitSet active, Task task, int[][] levels, int at, int ticks) {
        writeVoices(active);
        bringConditions();
        var takes = takeLevels.asSlice(0, (long) voicesOnCardCount() * ticks * Integer.BYTES);
        if (task == Task.FEED) {
            for (int n = active.nextSetBit(0); n >= 0; n = active.nextSetBit(n + 1)) {
                MemorySegment.copy(
                        levels[n], at, takes, JAVA_INT, (long) n * ticks * Integer.BYTES, ticks);
            }
            takesOnCard.write(0, takes);
        }
        if (plan.layout().link() == Layout.Link.GRID) mail.clear();
        error.clear();
        parameters.run(ticks, task == Task.FEED);
        long start = System.nanoTime();
        kernel.launch(plan.launch(), parameters.bytes());
        gpu.synchronize();
        requireSuccess();
        adapt(ticks, System.nanoTime() - start);
        if (task == Task.DRAW) {
            takesOnCard.read(0, takes);
            for (int n = active.nextSetBit(0); n >= 0; n = active.nextSetBit(n + 1)) {
                MemorySegment.copy(
                        takes, JAVA_INT, (long) n * ticks * Integer.BYTES, levels[n], at, ticks);
            }
        }
        for (int n = active.nextSetBit(0); n >= 0; n = active.nextSetBit(n + 1)) {
            voices[n].advance(ticks);
            times[n] += ticks;
        }
    }

    private void writeVoices(BitSet active) {
        for (int n = 0; n < count(); n++) {
            RunParameters.voice(voiceBytes, n, voices[n], times[n], active.get(n));
        }
        voicesOnCard.write(0, voiceBytes);
    }

    private void bringConditions() {
        long bytes = conditions.byteSize() / plan.groups();
        for (int g = relabelled.nextSetBit(0); g >= 0; g = relabelled.nextSetBit(g + 1)) {
            conditionsOnCard.write(g * bytes, conditions.asSlice(g * bytes, bytes));
        }
        relabelled.clear();
    }

    private void requireSuccess() {
        error.read(0, failure);
        switch (failure.get(JAVA_INT, 0)) {
            case RunParameters.NO_FAILURE -> {}
            case RunParameters.WAITED_IN_VAIN ->
                    throw new CudaException(
                            "a block of the kernel waited two seconds for another on the card "
                                    + gpu.card().name(),
                            "end other programs that use the card, and run it again");
            default -> throw new AssertionError("the kernel and the host differ on its memory");
        }
    }

    /// Makes runs last about as long as they may.
    private void adapt(int ticks, long nanoseconds) {
        long fitting = NANOSECONDS_OF_RUN * ticks / Math.max(nanoseconds, 1);
        int most = Math.min(2 * Math.max(ticks, ticksOfRun), mostTicks(voicesOnCardCount()));
        if (ticks < ticksOfRun && fitting > ticksOfRun) return; // too short to tell
        ticksOfRun = Math.clamp(fitting, FEWEST_TICKS_OF_RUN, most);
    }

    private static int mostTicks(int streams) {
        return Math.clamp(
                MOST_LEVEL_BYTES / Integer.BYTES / streams, FEWEST_TICKS_OF_RUN, MOST_TICKS_OF_RUN);
    }

    /// The streams of all groups, those that fill up the last one too.
    private int voicesOnCardCount() {
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

    private DeviceMemory onCard(MemorySegment segment) {
        DeviceMemory memory = gpu.allocate(segment.byteSize());
        memory.write(0, segment);
        return memory;
    }

    private static long delayLineBytes(Layout layout, int streams, int slots) {
        long bytes = (long) streams * slots * layout.residual() * layout.elementBytes();
        return Math.max(bytes, 1); // none where K is 1
    }
}
