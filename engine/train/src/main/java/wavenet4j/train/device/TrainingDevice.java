package wavenet4j.train.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.MatmulPrecision;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.network.AutogradNetwork;
import wavenet4j.train.network.FusedNetwork;
import wavenet4j.train.network.Loss;

import java.io.IOException;

/// The device that training computes on. Every array of a training comes from its managers, none
/// from DJL's default device.
public final class TrainingDevice {
    // With more, a processor's caches hold less of each layer.
    private static final int TARGETS_PER_MICRO_BATCH = 16_384;

    // The rest is for weights, workspaces of the libraries, and gaps between blocks.
    private static final double SHARE_OF_FREE_MEMORY = 0.8;

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

    /// Sets the precision of float32 matrix products until it is closed, and measures which one
    /// they have on this device.
    public MatmulSetting setMatmulPrecision(MatmulPrecision precision) {
        try (NDManager manager = newManager()) {
            return MatmulSetting.open(precision, manager, isProcessor() ? "processor" : "GPU");
        }
    }

    /// The fastest implementation of the loss on this device: on a processor fused kernels, where
    /// Java was started with the Vector API.
    public Loss loss(ModelSpec spec) {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (device.isGpu() || !vectors) return new AutogradNetwork(spec)::loss;
        Engine.getInstance(); // loads the library that knows the number of threads
        return new FusedNetwork(spec, JniUtils.getNumThreads() > 1);
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
