package wavenet4j.cpu;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.backend.Backend;
import wavenet4j.backend.ParallelStreams;
import wavenet4j.backend.SeparateStreams;
import wavenet4j.cpu.internal.kernels.Kernels;
import wavenet4j.cpu.internal.kernels.Lanes;
import wavenet4j.cpu.internal.kernels.Product;
import wavenet4j.cpu.internal.kernels.ScalarKernels;
import wavenet4j.cpu.internal.kernels.VectorKernels;
import wavenet4j.spec.Precision;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    // So many streams take longer one by one than eight do in step.
    private static final int WORTH_EIGHT = 6;

    private final boolean vectors;

    /// On vectors where the JVM has them.
    public CpuBackend() {
        this(ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent());
    }

    CpuBackend(boolean vectors) {
        this.vectors = vectors;
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
    public Generator open(Model model, Precision precision, int threads) {
        Packed packed = pack(model, precision);
        return threads > 1 && model.spec().parameters() >= WORTH_TWO_THREADS
                ? new TwoThreadGenerator(packed.model, packed.layers, packed.head)
                : packed.generator();
    }

    @Override
    public Streams openStreams(Model model, Precision precision, int threads, int count) {
        if (count == 1) return new SeparateStreams(List.of(open(model, precision, threads)));
        // Without vectors nothing is gained by eight at once.
        if (!vectors) return Backend.super.openStreams(model, precision, threads, count);
        Packed packed = pack(model, precision);
        var groups = new ArrayList<Streams>();
        int opened = 0;
        for (int left = groups(count, threads); left > 0; left--) {
            int size = Math.ceilDiv(count - opened, left);
            groups.add(size >= WORTH_EIGHT ? packed.inStep(size) : packed.separate(size));
            opened += size;
        }
        return new ParallelStreams(groups, threads);
    }

    /// As few as take all streams, but one for each thread, and as much for one thread as for
    /// another.
    static int groups(int streams, int threads) {
        int fewest = Math.ceilDiv(streams, Product.EIGHT);
        return Math.min(streams, Math.ceilDiv(fewest, threads) * threads);
    }

    private Packed pack(Model model, Precision precision) {
        requirePrecision(precision);
        if (probe(model.spec()) instanceof Availability.Missing(var reason, var remedy)) {
            throw new IllegalStateException(
                    "the backend %s cannot run here: %s; %s".formatted(name(), reason, remedy));
        }
        Model rounded = model.roundedTo(precision);
        Kernels kernels = vectors ? new VectorKernels() : new ScalarKernels();
        return new Packed(
                rounded,
                new ResidualLayers(rounded, precision, kernels),
                new Head(rounded, precision, kernels));
    }

    /// A model with its weights in the order of the kernels.
    private record Packed(Model model, ResidualLayers layers, Head head) {
        Generator generator() {
            return new CpuGenerator(model, layers, head);
        }

        Streams separate(int count) {
            return new SeparateStreams(Stream.generate(this::generator).limit(count).toList());
        }

        Streams inStep(int count) {
            return new StreamsInStep(model, layers, head, count);
        }
    }
}
