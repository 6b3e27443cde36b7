package wavenet4j.train.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.config.TrainingConfig;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.network.AutogradNetwork;
import wavenet4j.train.network.FusedNetwork;
import wavenet4j.train.network.Loss;
import wavenet4j.train.network.VectorNetwork;
import wavenet4j.train.vector.VectorWaveNet;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The device that training computes on. Every array of a training comes from its managers, none
/// from DJL's default device.
public final class TrainingDevice {
    // With more, a processor's caches hold less of each layer.
    private static final int TARGETS_PER_MICRO_BATCH = 16_384;

    // The rest is for weights, workspaces of the libraries, and gaps between blocks.
    private static final double SHARE_OF_FREE_MEMORY = 0.8;

    private static final String ASKED = "as training.kernels asks for";
    private static final String OWN = "float32, on the Vector API";

    // Java's heap holds the arrays of the Vector API's kernels, and the recordings.
    private static final double SHARE_OF_HEAP = 0.8;

    // Near this the measurement would decide differently from run to run.
    private static final double CLEARLY_SLOWER = 0.9;

    private static final long TOO_SMALL_TO_MEASURE = 10_000;

    private final Map<ModelSpec, Choice> choices = new ConcurrentHashMap<>();
    private final Device device;
    private final String description;

    /// @param reason in some words, or the empty string
    private record Choice(Kernels kernels, String reason) {}

    private TrainingDevice(Device device, String description) {
        this.device = device;
        this.description = description;
    }

    /// The processor.
    public static TrainingDevice processor() {
        return new TrainingDevice(Device.cpu(), "cpu");
    }

    /// The processor, with the reason why no GPU is used.
    static TrainingDevice processor(String reason) {
        return new TrainingDevice(Device.cpu(), "cpu (" + reason + ")");
    }

    /// Loads PyTorch, whose libraries DJL unpacks into a folder of the user at the first time.
    ///
    /// @throws IOException when there is no place for them, with the remedy
    public TrainingDevice load() throws IOException {
        try {
            Engine.getInstance();
            return this;
        } catch (EngineException e) {
            throw unloadable(e);
        }
    }

    static IOException unloadable(EngineException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException reason) {
                return new IOException(
                        "PyTorch's libraries cannot be unpacked (%s); set DJL_CACHE_DIR to a folder that can be written"
                                .formatted(reason),
                        e);
            }
        }
        throw e;
    }

    /// The first GPU.
    static TrainingDevice gpu(String detail) {
        return new TrainingDevice(Device.gpu(), "gpu 0 (" + detail + ")");
    }

    /// The device in a line, with the reason for it.
    public String describe() {
        return description;
    }

    /// Whether it is the processor, not a GPU.
    public boolean isProcessor() {
        return !device.isGpu();
    }

    /// A manager of arrays on the device.
    public NDManager newManager() {
        return NDManager.newBaseManager(device);
    }

    /// Opens the computation of a network's steps: on a processor with the kernels that are asked
    /// for or, where that is [Kernels#AUTO], with the faster ones by a short measurement, which is
    /// made once for each network.
    ///
    /// @param kept the kernels that the run began with, which exact resuming needs
    public Computation open(ModelSpec spec, TrainingConfig config, Kernels kept) {
        try (NDManager manager = newManager()) {
            String hardware = isProcessor() ? "processor" : "GPU";
            var setting = MatmulSetting.open(config.compute().matmulPrecision(), manager, hardware);
            try {
                Choice choice = choose(spec, config, kept, manager);
                boolean own = choice.kernels() == Kernels.VECTOR;
                return new Computation(
                        loss(spec, choice.kernels()),
                        choice.kernels(),
                        own ? OWN : setting.describe(),
                        choice.reason(),
                        setting);
            } catch (RuntimeException | Error e) {
                setting.close();
                throw e;
            }
        }
    }

    private Choice choose(ModelSpec spec, TrainingConfig config, Kernels kept, NDManager manager) {
        Kernels asked = config.compute().kernels();
        if (device.isGpu()) return new Choice(Kernels.AUTO, "");
        if (!hasVectors()) {
            return new Choice(Kernels.PYTORCH, "Java was started without jdk.incubator.vector");
        }
        if (asked == Kernels.PYTORCH) return new Choice(asked, ASKED);
        int targets = config.batches().window();
        int windows = Math.min(config.batches().size(), microBatchSize(spec).rows(targets));
        double heap = SHARE_OF_HEAP * Runtime.getRuntime().maxMemory();
        if (VectorWaveNet.bytes(spec, windows, targets) > heap) {
            if (asked == Kernels.AUTO)
                return new Choice(Kernels.PYTORCH, "for want of Java's heap");
            throw new IllegalArgumentException(
                    "training.kernels is vector, whose arrays would not fit into Java's heap of %,d MB; lower training.window, give Java more by -Xmx, or take pytorch"
                            .formatted(Runtime.getRuntime().maxMemory() >> 20));
        }
        if (asked == Kernels.VECTOR) return new Choice(asked, ASKED);
        if (kept != Kernels.AUTO) return new Choice(kept, "as this run began");
        if (spec.parameters() < TOO_SMALL_TO_MEASURE) return new Choice(Kernels.VECTOR, "");
        return choices.computeIfAbsent(spec, _ -> measure(spec, manager));
    }

    private Choice measure(ModelSpec spec, NDManager manager) {
        double ratio =
                new KernelTrial(spec)
                        .ratio(loss(spec, Kernels.VECTOR), loss(spec, Kernels.PYTORCH), manager);
        return ratio > CLEARLY_SLOWER
                ? new Choice(Kernels.VECTOR, "%.2f times PyTorch's speed here".formatted(ratio))
                : new Choice(
                        Kernels.PYTORCH,
                        "%.2f times the Vector API's speed here".formatted(1 / ratio));
    }

    private Loss loss(ModelSpec spec, Kernels kernels) {
        if (device.isGpu() || !hasVectors()) return new AutogradNetwork(spec)::loss;
        Engine.getInstance(); // loads the library that knows the number of threads
        int threads = JniUtils.getNumThreads();
        return kernels == Kernels.VECTOR
                ? new VectorNetwork(spec, threads)
                : new FusedNetwork(spec, threads > 1);
    }

    private static boolean hasVectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /// The size of micro-batches: on a GPU as large as its free memory allows, since every kernel
    /// launch costs time.
    public MicroBatchSize microBatchSize(ModelSpec spec) {
        if (isProcessor()) return new MicroBatchSize.Targets(TARGETS_PER_MICRO_BATCH);
        var memory = CudaUtils.getGpuMemory(device);
        double free = memory.getMax() - memory.getUsed();
        return new MicroBatchSize.Memory(spec, (long) (SHARE_OF_FREE_MEMORY * free));
    }
}
