package wavenet4j.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;

/// What training is asked to compute on.
public enum DeviceChoice {
    /// A GPU where one can be used, else the processor.
    AUTO,
    /// The processor.
    CPU,
    /// A GPU, or nothing.
    GPU;

    /// What that is on this machine, as `cpu` or `gpu 0`.
    ///
    /// @throws IllegalArgumentException when a GPU was asked for and none can be used
    public String describe() {
        Device device = resolve();
        return device.isGpu() ? "gpu " + device.getDeviceId() : "cpu";
    }

    /// The device of PyTorch's that is meant.
    Device resolve() {
        if (this == CPU) return Device.cpu();
        Engine engine = Engine.getInstance();
        if (engine.hasCapability(StandardCapabilities.CUDA) && engine.getGpuCount() > 0) {
            return Device.gpu();
        }
        if (this == AUTO) return Device.cpu();
        throw new IllegalArgumentException(
                "no GPU can be used: PyTorch's libraries on the class path are for processors only,"
                        + " or no NVIDIA driver is installed; train on the cpu or add the CUDA"
                        + " libraries");
    }
}
