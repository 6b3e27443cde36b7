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

    private static final String OWN_PRODUCTS = "float32, on the Vector API";

    private final Map<ModelSpec, KernelChoice> measured = new ConcurrentHashMap<>();
    private final Device device;
    private final String description;

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
                KernelChoice choice = choose(spec, config, kept, manager);
                return new Computation(
                        loss(spec, choice.kernels()),
                        choice.kernels(),
                        choice.kernels() == Kernels.VECTOR ? OWN_PRODUCTS : setting.describe(),
                        choice.reason(),
                        setting);
            } catch (RuntimeException | Error e) {
                setting.close();
                throw e;
            }
        }
    }

    private KernelChoice choose(
            ModelSpec spec, TrainingConfig config, Kernels kept, NDManager manager) {
        if (device.isGpu()) return KernelChoice.NONE;
        int targets = config.batches().window();
        int windows = Math.min(config.batches().size(), microBatchSize(spec).rows(targets));
        long heap = VectorWaveNet.bytes(spec, windows, targets);
        return KernelChoice.of(spec, config.compute().kernels(), kept, heap)
                .orElseGet(() -> measured.computeIfAbsent(spec, _ -> measure(spec, manager)));
    }

    private KernelChoice measure(ModelSpec spec, NDManager manager) {
        Loss vector = loss(spec, Kernels.VECTOR);
        Loss pytorch = loss(spec, Kernels.PYTORCH);
        return KernelChoice.byRatio(new KernelTrial(spec).ratio(vector, pytorch, manager));
    }

    private Loss loss(ModelSpec spec, Kernels kernels) {
        if (kernels == Kernels.AUTO || !KernelChoice.hasVectors()) {
            return new AutogradNetwork(spec)::loss;
        }
        Engine.getInstance(); // loads the library that knows the number of threads
        int threads = JniUtils.getNumThreads();
        return kernels == Kernels.VECTOR
                ? new VectorNetwork(spec, threads)
                : new FusedNetwork(spec, threads > 1);
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
