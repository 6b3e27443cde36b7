package wavenet4j.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.Test;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class MatmulPrecisionTest {
    // 2 to the power of -9 is lost beside 1 in the 8 bits of a bfloat16.
    private static final float FINE = 1 + 0x1p-9f;

    @Test
    void productsAreRoundedWhileAskedForAndExactBefore() throws IOException {
        Engine.getInstance();
        assertThat(product()).isEqualTo(FINE * 64);
        try (Closeable _ = MatmulPrecision.FLOAT32.use()) {
            assertThat(product()).isEqualTo(FINE * 64);
        }
        float rounded;
        try (Closeable _ = MatmulPrecision.BFLOAT16.use()) {
            rounded = product();
        }
        assertThat(product()).isEqualTo(FINE * 64);
        assumeTrue(multipliesBfloat16(), "this processor has no units for bfloat16");
        assertThat(rounded).isEqualTo(64);
    }

    /// The sum of 64 times the fine factor.
    private static float product() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray fine = manager.full(new Shape(128, 64), FINE);
            return fine.matMul(manager.ones(new Shape(64, 128))).getFloat(3, 5);
        }
    }

    private static boolean multipliesBfloat16() throws IOException {
        Path about = Path.of("/proc/cpuinfo");
        return Files.exists(about) && Files.readString(about).contains("avx512_bf16");
    }
}
