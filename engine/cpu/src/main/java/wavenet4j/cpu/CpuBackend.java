package wavenet4j.cpu;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Conditioner;
import wavenet4j.backend.MemoryNeed;
import wavenet4j.backend.Network;
import wavenet4j.backend.ParallelStreams;
import wavenet4j.backend.StepLoop;
import wavenet4j.cpu.internal.kernels.Kernels;
import wavenet4j.cpu.internal.kernels.Lanes;
import wavenet4j.cpu.internal.kernels.Product;
import wavenet4j.cpu.internal.kernels.ScalarKernels;
import wavenet4j.cpu.internal.kernels.VectorKernels;
import wavenet4j.spec.Precision;

import java.util.ArrayList;
import java.util.List;

/// Generation on this machine's processor through the Vector API (`jdk.incubator.vector`), or in
/// plain loops, to the same bits, where the JVM runs without it.
///
/// This class mentions no vector, as it must load in either case.
public final class CpuBackend implements Backend {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    // In floats: the sum of two places in an array is still an int.
    private static final int LONGEST_ARRAY = 1 << 30;

    // About as many weights as a thread gets through while two hand over to each other.
    private static final long WORTH_TWO_THREADS = 50_000;

    // From so many streams on, one batch of eight is faster than one stream after the other.
    private static final int WORTH_BATCH = 6;

    private final boolean vectors;
    private final long worthTwoThreads; // parameters

    /// On vectors where the JVM has them.
    public CpuBackend() {
        this(ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent(), WORTH_TWO_THREADS);
    }

    CpuBackend(boolean vectors, long worthTwoThreads) {
        this.vectors = vectors;
        this.worthTwoThreads = worthTwoThreads;
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int speedRank() {
        return 100;
    }

    @Override
    public Availability probe(ModelSpec spec) {
        if (Math.max(ResidualLayers.longestArray(spec), Head.longestArray(spec)) > LONGEST_ARRAY) {
            return new Availability.Missing(
                    "the network's delay lines or one of its products pass 4 GiB",
                    "take the backend reference");
        }
        return new Availability.Ready(
                vectors
                        ? "Vector API, " + Lanes.COUNT + " float32 lanes"
                        : "plain loops, several times slower than with java --add-modules "
                                + VECTOR_MODULE);
    }

    @Override
    public List<Precision> precisions() {
        return List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.INT8);
    }

    @Override
    public MemoryNeed memory(ModelSpec spec, Precision precision, int threads, int count) {
        long memories = 0;
        int[] groups = groupSizes(count, threads, vectors);
        for (int size : groups) memories += size == 1 ? 1 : Product.BATCH;
        int bytesOfWeight = vectors && precision != Precision.FLOAT32 ? Short.BYTES : Float.BYTES;
        long weights = bytesOfWeight * (ResidualLayers.weights(spec) + Head.weights(spec));
        long heap =
                memories * StreamMemory.bytes(spec)
                        + groups.length * Conditioner.bytes(spec)
                        + Float.BYTES * ResidualLayers.embeddingLength(spec);
        return vectors ? new MemoryNeed(heap, weights) : new MemoryNeed(heap + weights, 0);
    }

    @Override
    public Streams start(Model model, Precision precision, int threads, int count) {
        requireReady(model.spec());
        Packed packed = pack(model.roundedTo(precision), precision);
        boolean twoThreads = threads > 1 && model.spec().parameters() >= worthTwoThreads;
        if (count == 1 && twoThreads) return packed.onTwoThreads();
        var groups = new ArrayList<Streams>();
        for (int size : groupSizes(count, threads, vectors)) groups.add(packed.inStep(size));
        return ParallelStreams.of(groups, threads);
    }

    /// How many streams go in step in each group: up to eight, as much for one thread as for
    /// another, or each alone where there are too few, or no vectors.
    static int[] groupSizes(int streams, int threads, boolean vectors) {
        int fewest = Math.ceilDiv(streams, Product.BATCH);
        int groups = Math.min(streams, Math.ceilDiv(fewest, threads) * threads);
        if (!vectors || Math.ceilDiv(streams, groups) < WORTH_BATCH) groups = streams;
        var sizes = new int[groups];
        for (int g = 0; g < groups; g++)
            sizes[g] = streams / groups + (g < streams % groups ? 1 : 0);
        return sizes;
    }

    @Override
    public String toString() {
        return name();
    }

    private Packed pack(Model rounded, Precision precision) {
        Kernels kernels = vectors ? new VectorKernels() : new ScalarKernels();
        return new Packed(
                rounded,
                new ResidualLayers(rounded, precision, kernels),
                new Head(rounded, precision, kernels));
    }

    /// A model with its weights in the order of the kernels.
    private record Packed(Model model, ResidualLayers layers, Head head) {
        Streams onTwoThreads() {
            return loop(new TwoThreadNetwork(spec(), layers, head));
        }

        Streams inStep(int count) {
            return loop(new CpuNetwork(spec(), layers, head, count));
        }

        private Streams loop(Network network) {
            var picker = layers.kernels().picker(spec().distribution());
            return new StepLoop(new Conditioner(model), network, picker);
        }

        private ModelSpec spec() {
            return model.spec();
        }
    }
}
