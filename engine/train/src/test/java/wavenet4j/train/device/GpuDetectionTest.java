package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.backend.Backend.Availability.Absent;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;

import java.nio.file.Path;

final class GpuDetectionTest {
    private static final CudaDriver READY = new CudaDriver(0, "", 12040);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    # flavor | error | message | version | runtime | counted | sm | reason | remedy
                    cu124 | -   | -             | 0     | -    | 0 | 0   | has no NVIDIA driver                  | --gpus all
                    cpu   | 0   | ''            | 12040 | -    | 0 | 0   | PyTorch 2.5.1 here is for processors only | WAVENET4J_PROFILE=gpu
                    cu124 | 100 | no device     | 12040 | /lib | 0 | 0   | CUDA refuses: no device (100)         | CUDA_VISIBLE_DEVICES
                    cu124 | 999 | unknown error | 12040 | /lib | 0 | 0   | CUDA refuses: unknown error (999)     | nvidia-smi
                    cu124 | 0   | ''            | 11080 | /lib | 0 | 0   | driver is for CUDA 11.8 and PyTorch 2.5.1 for CUDA 12.4 | to one for CUDA 12.4
                    cu130 | 0   | ''            | 12090 | /lib | 1 | 90  | driver is for CUDA 12.9 and PyTorch 2.5.1 for CUDA 13.0 | to one for CUDA 13.0
                    cu124 | 0   | ''            | 12040 | -    | 0 | 0   | no libcudart was found                | -Djna.library.path=DIR
                    cu124 | 0   | ''            | 12040 | /lib | 0 | 0   | DJL counts no GPU                     | -Djna.library.path=DIR
                    cu124 | 0   | ''            | 12040 | /lib | 1 | 120 | the card is of architecture sm_120, and PyTorch 2.5.1 for CUDA 12.4 has code for sm_50 to sm_90 | PYTORCH_LIBRARY_PATH
                    cu124 | 0   | ''            | 12040 | /lib | 1 | 37  | the card is of architecture sm_37     | PYTORCH_LIBRARY_PATH
                    """)
    void theFirstObstacleIsNamedWithItsRemedy(
            String flavor,
            @Nullable Integer error,
            @Nullable String message,
            int version,
            @Nullable Path runtime,
            int counted,
            int architecture,
            String reason,
            String remedy) {
        CudaDriver driver =
                error == null || message == null ? null : new CudaDriver(error, message, version);
        var libraries = new TorchLibraries("2.5.1", flavor, null, runtime);
        assertThat(new GpuDetection(driver, libraries, counted, architecture).diagnosis())
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> {
                            assertThat(missing.reason()).contains(reason);
                            assertThat(missing.remedy()).contains(remedy);
                        });
    }

    /// Nobody who has neither a driver nor libraries for one expects a card.
    @Test
    void aMachineWithoutACardHasNoFault() {
        var libraries = new TorchLibraries("2.5.1", "cpu", null, null);
        assertThat(new GpuDetection(null, libraries, 0, 0).diagnosis())
                .isEqualTo(
                        new Absent(
                                "this machine has no NVIDIA driver (%s)"
                                        .formatted(CudaDriver.library()),
                                "install the driver of its NVIDIA card, if it has one; a container"
                                        + " must be started with --gpus all"));
    }

    /// A driver runs programs for any CUDA of its own major version and before.
    @ParameterizedTest
    @CsvSource({"cu124,50", "cu124,90", "cu128,120", "cu118,120"})
    void aCardWithEverythingItNeedsIsReady(String flavor, int architecture) {
        // Without a libcudart of ours: JNA may find one that only it knows of.
        var libraries = new TorchLibraries("2.5.1", flavor, null, null);
        assertThat(new GpuDetection(READY, libraries, 1, architecture).diagnosis())
                .isEqualTo(new Ready("sm_%d, PyTorch 2.5.1 %s".formatted(architecture, flavor)));
    }

    @Test
    void librariesForProcessorsAreMissingAGpuOnAnyMachine() {
        var libraries = new TorchLibraries("2.7.1", "cpu", null, null);
        assertThat(GpuDetection.of(libraries).diagnosis())
                .isInstanceOfAny(Missing.class, Absent.class);
    }
}
