package wavenet4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.backend.Backend;
import wavenet4j.backend.Backend.Availability.Absent;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.cuda.internal.plan.Planner;
import wavenet4j.spec.Precision;
import wavenet4j.testing.GeneratorContract;
import wavenet4j.testing.TestModels;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CudaContractTest extends GeneratorContract {
    private EmulatedCard card;

    @BeforeAll
    void emulate(@TempDir Path folder) throws IOException, InterruptedException {
        card = EmulatedCard.in(folder);
    }

    @Override
    public Backend backend() {
        return card.backend();
    }

    /// On the tensor cores the activations are rounded to float16 too, and the gates' tanh is
    /// within 2^-11.
    @Override
    public double tolerance(Precision precision) {
        return precision == Precision.FLOAT32 ? super.tolerance(precision) : 1e-2;
    }

    /// Thread by thread a tick takes about a millisecond.
    @Override
    public int takeOf(int samples) {
        return samples / 10;
    }

    @Test
    void aMixtureIsForAnotherBackend() {
        var spec = TestModels.logistics(2, TestModels.channels(8), 2, List.of(1, 2));
        String reason =
                "the network's distribution is a mixture of 2 logistics over 16-bit samples, and"
                        + " the kernel draws from mu-law levels only";
        assertThat(backend().probe(spec)).isEqualTo(new Missing(reason, "take the backend cpu"));
        assertThatIllegalStateException()
                .isThrownBy(() -> backend().open(TestModels.random(spec, 1), Precision.FLOAT32, 1))
                .withMessageContaining(reason);
    }

    /// A machine without a card has no fault: the backend is absent, not missing.
    @Test
    void withoutADriverItIsAbsent() {
        var spec = TestModels.awkwardSpecs().firstEntry().getValue();
        var without =
                new CudaBackend(
                        Path.of("/no/libcuda.so.1"),
                        new EmulatedKernels(),
                        Planner::plan,
                        Map.of());
        assertThat(without.probe(spec))
                .isInstanceOfSatisfying(
                        Absent.class,
                        absent -> {
                            assertThat(absent.reason())
                                    .isEqualTo(
                                            "this machine has no NVIDIA driver (/no/libcuda.so.1)");
                            assertThat(absent.remedy()).startsWith("take another backend");
                        });
        assertThatIllegalStateException()
                .isThrownBy(() -> without.open(TestModels.random(spec, 1), Precision.FLOAT32, 1))
                .withMessageStartingWith(
                        "the backend cuda cannot run here: this machine has no NVIDIA driver");
    }

    @AfterEach
    void allIsGivenBack() {
        card.driver().assertAllGivenBack();
    }
}
