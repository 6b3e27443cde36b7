package wavenet4j.train.device;

import ai.djl.engine.Engine;

import wavenet4j.backend.Backend.Availability;
import wavenet4j.backend.Backend.Availability.Absent;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;

/// The device asked for.
public enum DeviceChoice {
    /// A GPU where one is usable, else the processor.
    AUTO,
    /// The processor.
    CPU,
    /// A GPU, or an error.
    GPU;

    /// The device of this machine.
    ///
    /// @param libraries of PyTorch, whose properties are set
    /// @throws IllegalArgumentException when a GPU was asked for and none can be used, with the
    ///   reason and the remedy
    public TrainingDevice on(TorchLibraries libraries) {
        if (this == CPU) return TrainingDevice.processor();
        return switch (gpu(libraries)) {
            case Ready(String detail) -> TrainingDevice.gpu(detail);
            case Absent _ when this == AUTO -> TrainingDevice.processor();
            case Missing(String reason, _) when this == AUTO -> TrainingDevice.processor(reason);
            case Absent(String reason, String remedy) -> throw noGpu(reason, remedy);
            case Missing(String reason, String remedy) -> throw noGpu(reason, remedy);
        };
    }

    private static IllegalArgumentException noGpu(String reason, String remedy) {
        return new IllegalArgumentException("no GPU can be used: %s; %s".formatted(reason, remedy));
    }

    private static Availability gpu(TorchLibraries libraries) {
        Availability seen = GpuDetection.of(libraries).diagnosis();
        if (!(seen instanceof Ready)) return seen; // libtorch need not be loaded to know
        Engine engine = Engine.getInstance();
        if (engine.getGpuCount() > 0) return seen;
        return new Missing(
                "DJL loaded a PyTorch %s that has no CUDA".formatted(engine.getVersion()),
                "--verbose shows which libraries it chose; give it the CUDA ones alone");
    }
}
