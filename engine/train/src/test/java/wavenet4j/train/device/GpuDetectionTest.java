package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;

/// Each thing that can be in the way, with all before it in order.
final class GpuDetectionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    # kernel | library | flavor | error | says | cards | counted | sm | reason | remedy
                    false | false | cpu   | -  | -              | 0 | 0 | 0   | no NVIDIA driver is installed       | install the driver
                    false | false | cu124 | -  | -              | 0 | 0 | 0   | no NVIDIA driver is installed       | --gpus all
                    true  | false | cu124 | -  | -              | 0 | 0 | 0   | libcuda.so.1 cannot be loaded       | --gpus all
                    true  | true  | cpu   | -  | -              | 0 | 0 | 0   | PyTorch 2.5.1 here is for processors only | WAVENET4J_PROFILE=gpu
                    true  | true  | cu124 | -  | -              | 0 | 0 | 0   | no libcudart was found              | -Djna.library.path=DIR
                    true  | true  | cu124 | 35 | too old driver | 0 | 0 | 0   | CUDA refuses: too old driver (35)   | to one for CUDA 12.4
                    true  | true  | cu124 | 100| no device      | 0 | 0 | 0   | CUDA refuses: no device (100)       | CUDA_VISIBLE_DEVICES
                    true  | true  | cu124 | 999| unknown error  | 0 | 0 | 0   | CUDA refuses: unknown error (999)   | nvidia-smi
                    true  | true  | cu124 | 0  | ''             | 0 | 0 | 0   | CUDA counts no card                 | CUDA_VISIBLE_DEVICES
                    true  | true  | cu124 | 0  | ''             | 2 | 0 | 0   | DJL counts no GPU although CUDA has 2 | -Djna.library.path=DIR
                    true  | true  | cu124 | 0  | ''             | 1 | 1 | 120 | the card is of architecture sm_120, and PyTorch 2.5.1 for CUDA 12.4 has code for sm_50 to sm_90 | PYTORCH_LIBRARY_PATH
                    true  | true  | cu124 | 0  | ''             | 1 | 1 | 37  | the card is of architecture sm_37   | PYTORCH_LIBRARY_PATH
                    """)
    void whatIsInTheWayIsNamedWithWhatHelps(
            boolean kernel,
            boolean library,
            String flavor,
            @Nullable Integer error,
            @Nullable String says,
            int cards,
            int counted,
            int architecture,
            String reason,
            String remedy) {
        CudaRuntime runtime =
                error == null || says == null ? null : new CudaRuntime(error, says, cards);
        assertThat(sight(kernel, library, flavor, runtime, counted, architecture).diagnosis())
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> {
                            assertThat(missing.reason()).contains(reason);
                            assertThat(missing.remedy()).contains(remedy);
                        });
    }

    @ParameterizedTest
    @CsvSource({"cu124,50", "cu124,90", "cu128,120"})
    void aCardThatEverythingIsThereForIsReady(String flavor, int architecture) {
        var runtime = new CudaRuntime(0, "", 1);
        // A container may hide the kernel's account of the driver.
        assertThat(sight(false, true, flavor, runtime, 1, architecture).diagnosis())
                .isEqualTo(new Ready("sm_%d, PyTorch 2.5.1 %s".formatted(architecture, flavor)));
        // JNA may find a libcudart that only it knows of.
        assertThat(sight(true, true, flavor, null, 1, architecture).diagnosis())
                .isInstanceOf(Ready.class);
    }

    @Test
    void everySightOfARealMachineHasADiagnosis() {
        var libraries = new TorchLibraries("2.7.1", "cpu", null, null);
        assertThat(GpuDetection.of(libraries).diagnosis())
                .as("libraries for processors only")
                .isInstanceOf(Missing.class);
    }

    private static GpuDetection sight(
            boolean kernel,
            boolean library,
            String flavor,
            @Nullable CudaRuntime runtime,
            int counted,
            int architecture) {
        var libraries = new TorchLibraries("2.5.1", flavor, null, null);
        return new GpuDetection(kernel, library, libraries, runtime, counted, architecture);
    }
}
