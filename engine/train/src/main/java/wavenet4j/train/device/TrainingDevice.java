package wavenet4j.train.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.MatmulPrecision;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.network.AutogradNetwork;
import wavenet4j.train.network.FusedNetwork;
import wavenet4j.train.network.Loss;

/// What training computes on. Every array of a training is made by a manager from here: nothing is
/// left to DJL's default device, and nothing of the device is written into a checkpoint but what
/// its memory turned out not to hold.
public final class TrainingDevice {
    // What a processor learns from at once: with more, its caches hold less of each layer.
    private static final int TARGETS_AT_ONCE = 16_384;

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

    /// The processor, for that reason.
    static TrainingDevice processor(String reason) {
        return new TrainingDevice(Device.cpu(), "cpu (" + reason + ")");
    }

    /// The first GPU.
    static TrainingDevice gpu(String detail) {
        return new TrainingDevice(Device.gpu(), "gpu 0 (" + detail + ")");
    }

    /// In a line, with why.
    public String describe() {
        return description;
    }

    public boolean isProcessor() {
        return !device.isGpu();
    }

    /// A manager of arrays there.
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

    /// The loss as this device computes it fastest: on a processor by loops on the Vector API,
    /// where the Java at hand was started with it.
    public Loss loss(ModelSpec spec) {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (device.isGpu() || !vectors) return new AutogradNetwork(spec)::loss;
        Engine.getInstance(); // or else there is nobody to ask for the threads
        return new FusedNetwork(spec, JniUtils.getNumThreads() > 1);
    }

    /// What is learned from at once: on a GPU as much as its free memory holds, since every kernel
    /// has a price to start.
    public MicroBatchSize partSize(ModelSpec spec) {
        if (isProcessor()) return new MicroBatchSize.Targets(TARGETS_AT_ONCE);
        var memory = CudaUtils.getGpuMemory(device);
        double free = memory.getMax() - memory.getUsed();
        return new MicroBatchSize.Memory(spec, (long) (SHARE_OF_FREE_MEMORY * free));
    }
}
