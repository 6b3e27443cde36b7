package wavenet4j.cpu;

import wavenet4j.Backend;
import wavenet4j.Generator;
import wavenet4j.ModelSpec;
import wavenet4j.Precision;
import wavenet4j.WaveNet;

/// Generation on this machine's processor through the Vector API (`jdk.incubator.vector`).
///
/// This class mentions no vector: it must load where that module is missing, to say so.
public final class CpuBackend implements Backend {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    // In floats: the sum of two places in an array is still an int.
    private static final int LONGEST_ARRAY = 1 << 30;

    // About as many weights as a thread gets through while two hand over to each other.
    private static final long WORTH_TWO_THREADS = 50_000;

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
        if (probe(model.spec()) instanceof Availability.Missing(var reason, var remedy)) {
            throw new IllegalStateException(
                    "the backend %s cannot run here: %s; %s".formatted(name(), reason, remedy));
        }
        var weights = model.weights().roundedTo(precision);
        var rounded = new WaveNet(model.spec(), weights, precision, model.training());
        return threads > 1 && model.spec().parameters() >= WORTH_TWO_THREADS
                ? new TwoThreadGenerator(rounded, precision)
                : new CpuGenerator(rounded, precision);
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
