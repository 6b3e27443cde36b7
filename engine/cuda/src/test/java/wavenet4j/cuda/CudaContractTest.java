package wavenet4j.cuda;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Backend;
import wavenet4j.GeneratorContract;
import wavenet4j.Precision;

import java.io.IOException;
import java.nio.file.Path;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CudaContractTest extends GeneratorContract {
    private EmulatedCard card;

    @BeforeAll
    void emulate(@TempDir Path folder) throws IOException, InterruptedException {
        card = EmulatedCard.in(folder);
    }

    @Override
    protected Backend backend() {
        return card.backend();
    }

    /// On the tensor cores the activations are rounded to float16 too, and the gates' tanh is
    /// within 2^-11.
    @Override
    protected double tolerance(Precision precision) {
        return precision == Precision.FLOAT32 ? super.tolerance(precision) : 1e-2;
    }

    /// Thread by thread a tick takes about a millisecond.
    @Override
    protected int takeOf(int samples) {
        return samples / 10;
    }

    @AfterEach
    void allIsGivenBack() {
        card.driver().assertAllGivenBack();
    }
}
