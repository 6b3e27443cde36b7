package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import wavenet4j.train.config.ComputeConfig.MatmulPrecision;
import wavenet4j.train.device.MatmulSetting.Measured;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/// Whether a processor rounds is nothing that its flags tell, so no test here asks for it.
final class MatmulSettingTest {
    // 2 to the power of -9 is lost beside 1 in the 8 bits of a bfloat16.
    private static final float FINE = 1 + 0x1p-9f;

    @BeforeEach
    void load() {
        Engine.getInstance();
    }

    @Test
    void productsAreExactBeforeAndAfterAndWhereFloat32IsAskedFor() {
        assertThat(product()).isEqualTo(FINE * 64);
        try (MatmulSetting setting = open(MatmulPrecision.FLOAT32)) {
            assertThat(product()).isEqualTo(FINE * 64);
            assertThat(setting.measured()).isEqualTo(Measured.FLOAT32);
            assertThat(setting.describe()).isEqualTo("float32");
        }
        open(MatmulPrecision.BFLOAT16).close();
        assertThat(product()).isEqualTo(FINE * 64);
    }

    /// Of another shape than the measured ones.
    @Test
    void otherProductsHaveTheMeasuredPrecision() {
        try (MatmulSetting setting = open(MatmulPrecision.BFLOAT16)) {
            assertThat(product())
                    .isEqualTo(
                            switch (setting.measured()) {
                                case BFLOAT16 -> 64;
                                case TF32, FLOAT32 -> FINE * 64;
                            });
            assertThat(setting.describe())
                    .isEqualTo(
                            switch (setting.measured()) {
                                case BFLOAT16 -> "bfloat16";
                                case TF32 ->
                                        "TF32 (bfloat16 asked for; this processor computes them in"
                                                + " TF32)";
                                case FLOAT32 ->
                                        "float32 (bfloat16 asked for; this processor computes them"
                                                + " in float32)";
                            });
        }
    }

    @Test
    void libtorchHasTheSettingWhileItIsOpen() throws Throwable {
        var symbols = SymbolLookup.loaderLookup();
        assumeTrue(
                symbols.find("_ZN2at13globalContextEv").isPresent(),
                "libtorch names its functions otherwise here");
        assertThat(precisionOfLibtorch()).isZero();
        try (MatmulSetting _ = open(MatmulPrecision.BFLOAT16)) {
            assertThat(precisionOfLibtorch()).isEqualTo(2);
        }
        assertThat(precisionOfLibtorch()).isZero();
    }

    private static MatmulSetting open(MatmulPrecision precision) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return MatmulSetting.open(precision, manager, "processor");
        }
    }

    /// The dot product of 64 times the fine factor with ones.
    private static float product() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray fine = manager.full(new Shape(256, 64), FINE);
            return fine.matMul(manager.ones(new Shape(64, 128))).getFloat(3, 5);
        }
    }

    /// `at::Context::float32MatmulPrecision`: HIGHEST, HIGH, MEDIUM.
    @SuppressWarnings("restricted")
    private static int precisionOfLibtorch() throws Throwable {
        var symbols = SymbolLookup.loaderLookup();
        Linker linker = Linker.nativeLinker();
        var context =
                (MemorySegment)
                        linker.downcallHandle(
                                        symbols.findOrThrow("_ZN2at13globalContextEv"),
                                        FunctionDescriptor.of(ValueLayout.ADDRESS))
                                .invokeExact();
        return (int)
                linker.downcallHandle(
                                symbols.findOrThrow("_ZNK2at7Context22float32MatmulPrecisionEv"),
                                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                        .invokeExact(context);
    }
}
