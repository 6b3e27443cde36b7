package wavenet4j.train.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;

import wavenet4j.train.config.ComputeConfig.MatmulPrecision;

import java.io.Closeable;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/// The precision of all float32 matrix products of this process until it is closed; then they are
/// in float32 again. DJL has no method for it, so libtorch's own function is called.
///
/// Which precision the products then have depends on libtorch and the processor together (of two
/// processors that list AVX512-BF16, PyTorch rounds on one and not on the other), so it is measured
/// by two small products.
public final class MatmulSetting implements Closeable {
    /// The precision that the factors of a product were found to have.
    enum Measured {
        FLOAT32("float32"),
        /// 10 bits after the point.
        TF32("TF32"),
        /// 7 bits after the point.
        BFLOAT16("bfloat16");

        private final String text;

        Measured(String text) {
            this.text = text;
        }
    }

    // at::globalContext(), and at::Context::setFloat32MatmulPrecision(at::Float32MatmulPrecision)
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String SET =
            "_ZN2at7Context25setFloat32MatmulPrecisionENS_22Float32MatmulPrecisionE";
    private static final int HIGHEST = 0;
    private static final int MEDIUM = 2;

    private static final int TERMS = 128; // large enough for libtorch's fast path
    private static final float LOST_IN_TF32 = 1 + 0x1p-12f;
    private static final float LOST_IN_BFLOAT16 = 1 + 0x1p-9f;

    private final MatmulPrecision requested;
    private final Measured measured;
    private final String hardware;

    private MatmulSetting(MatmulPrecision requested, Measured measured, String hardware) {
        this.requested = requested;
        this.measured = measured;
        this.hardware = hardware;
    }

    /// Sets the precision and measures what products of that manager's device have.
    ///
    /// @param hardware the device in a word
    static MatmulSetting open(MatmulPrecision requested, NDManager manager, String hardware) {
        Engine.getInstance(); // loads libtorch
        set(requested == MatmulPrecision.BFLOAT16 ? MEDIUM : HIGHEST);
        try {
            return new MatmulSetting(requested, measure(manager), hardware);
        } catch (RuntimeException | Error e) {
            set(HIGHEST);
            throw e;
        }
    }

    Measured measured() {
        return measured;
    }

    /// The measured precision, and the one asked for where that is another.
    public String describe() {
        boolean asRequested = measured.name().equals(requested.name());
        if (asRequested) return measured.text;
        return "%s (%s asked for; this %s computes them in %s)"
                .formatted(
                        measured.text,
                        Measured.valueOf(requested.name()).text,
                        hardware,
                        measured.text);
    }

    private static Measured measure(NDManager parent) {
        // Reading an array of a GPU makes one on the processor, which the scope closes.
        try (NDManager manager = parent.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            // Both sums are exact in float32.
            if (dotProduct(manager, LOST_IN_TF32) == LOST_IN_TF32 * TERMS) return Measured.FLOAT32;
            return dotProduct(manager, LOST_IN_BFLOAT16) == LOST_IN_BFLOAT16 * TERMS
                    ? Measured.TF32
                    : Measured.BFLOAT16;
        }
    }

    /// One element of a product of two matrices, one of which holds that factor everywhere and the
    /// other 1.
    private static float dotProduct(NDManager manager, float factor) {
        NDArray factors = manager.full(new Shape(TERMS, TERMS), factor);
        return factors.matMul(manager.ones(new Shape(TERMS, TERMS))).getFloat(3, 5);
    }

    /// Does nothing where libtorch names the function otherwise (not on Linux, or in another
    /// version).
    @SuppressWarnings("restricted") // the launcher allows native access
    private static void set(int precision) {
        var libraries = SymbolLookup.loaderLookup(); // DJL loads libtorch by our own class loader
        var context = libraries.find(CONTEXT);
        var set = libraries.find(SET);
        if (context.isEmpty() || set.isEmpty()) return;
        Linker linker = Linker.nativeLinker();
        try {
            var global =
                    (MemorySegment)
                            linker.downcallHandle(context.get(), FunctionDescriptor.of(ADDRESS))
                                    .invokeExact();
            linker.downcallHandle(set.get(), FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT))
                    .invokeExact(global, precision);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libtorch cannot be called", e);
        }
    }

    @Override
    public void close() {
        set(HIGHEST);
    }
}
