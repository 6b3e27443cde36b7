package wavenet4j.cli.train;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import wavenet4j.cli.model.Caches;
import wavenet4j.train.device.DeviceChoice;
import wavenet4j.train.device.TorchLibraries;
import wavenet4j.train.device.TrainingDevice;

import java.io.IOException;

/// The options that choose what a training computes on.
final class DeviceOptions {
    @Option(
            names = "--device",
            paramLabel = "auto|cpu|gpu",
            description =
                    "auto takes a GPU where one can be used, and prints the reason where not;"
                            + " gpu fails with the reason and the remedy (default: auto).")
    private DeviceChoice device = DeviceChoice.AUTO;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads on the processor (default: one for each core).")
    private @Nullable Integer threads;

    /// The device. The system properties that DJL's classes read when they are loaded are set
    /// first.
    TrainingDevice open() throws IOException {
        if (threads != null) {
            if (threads < 1)
                throw new IllegalArgumentException(
                        "--threads is %d; it must be at least 1".formatted(threads));
            System.setProperty("ai.djl.pytorch.num_threads", threads.toString());
        }
        var libraries = TorchLibraries.find(System.getenv(), Caches.folder());
        libraries.properties(System.getProperty("jna.library.path")).forEach(System::setProperty);
        return device.on(libraries).load();
    }
}
