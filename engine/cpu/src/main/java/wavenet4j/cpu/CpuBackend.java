package wavenet4j.cpu;

import wavenet4j.Backend;
import wavenet4j.Generator;
import wavenet4j.ModelSpec;
import wavenet4j.ParallelStreams;
import wavenet4j.Precision;
import wavenet4j.SeparateStreams;
import wavenet4j.Streams;
import wavenet4j.WaveNet;

import java.util.ArrayList;
import java.util.List;

/// Generation on this machine's processor through the Vector API (`jdk.incubator.vector`).
///
/// This class mentions no vector: it must load where that module is missing, to say so.
public final class CpuBackend implements Backend {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    // In floats: the sum of two places in an array is still an int.
    private static final int LONGEST_ARRAY = 1 << 30;

    // About as many weights as a thread gets through while two hand over to each other.
    private static final long WORTH_TWO_THREADS = 50_000;

    // So many streams take longer one by one than eight do in step.
    private static final int WORTH_EIGHT = 6;

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
        return availability(ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent(), spec);
    }

    @Override
    public Generator open(WaveNet model, Precision precision, int threads) {
        WaveNet rounded = rounded(model, precision);
        var layers = new Layers(rounded, precision);
        var head = new Head(rounded, precision);
        return threads > 1 && model.spec().parameters() >= WORTH_TWO_THREADS
                ? new TwoThreadGenerator(rounded, layers, head)
                : new CpuGenerator(rounded, layers, head);
    }

    @Override
    public Streams openStreams(WaveNet model, Precision precision, int threads, int count) {
        WaveNet rounded = rounded(model, precision);
        var layers = new Layers(rounded, precision);
        var head = new Head(rounded, precision);
        var groups = new ArrayList<Streams>();
        int opened = 0;
        for (int left = groups(count, threads); left > 0; left--) {
            int size = Math.ceilDiv(count - opened, left);
            groups.add(
                    size >= WORTH_EIGHT
                            ? new StreamsInStep(rounded, layers, head, size)
                            : separate(rounded, layers, head, size));
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

    private static Streams separate(WaveNet model, Layers layers, Head head, int count) {
        List<Generator> generators = new ArrayList<>();
        for (int n = 0; n < count; n++) generators.add(new CpuGenerator(model, layers, head));
        return new SeparateStreams(generators);
    }

    private WaveNet rounded(WaveNet model, Precision precision) {
        if (probe(model.spec()) instanceof Availability.Missing(var reason, var remedy)) {
            throw new IllegalStateException(
                    "the backend %s cannot run here: %s; %s".formatted(name(), reason, remedy));
        }
        var weights = model.weights().roundedTo(precision);
        return new WaveNet(model.spec(), weights, precision, model.training());
    }

    static Availability availability(boolean vectorModule, ModelSpec spec) {
        if (!vectorModule) {
            return new Availability.Missing(
                    "the JVM runs without the module " + VECTOR_MODULE,
                    "start java with --add-modules " + VECTOR_MODULE);
        }
        if (Math.max(Layers.longestArray(spec), Head.longestArray(spec)) > LONGEST_ARRAY) {
            return new Availability.Missing(
                    "the network's delay lines or one of its products pass 4 GiB",
                    "take the backend reference");
        }
        return new Availability.Ready("Vector API, " + Lanes.COUNT + " float32 lanes");
    }
}
