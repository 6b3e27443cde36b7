package wavenet4j.train.config;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.io.Closeable;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/// How exactly PyTorch takes the factors of its float32 matrix products; sums are in float32 either
/// way. It is `torch.set_float32_matmul_precision`, for which DJL has no word: libtorch's own
/// function is called.
public enum MatmulPrecision {
    /// As they are.
    @JsonProperty("float32")
    FLOAT32(0),

    /// Rounded to bfloat16 on processors that multiply those faster (AMX, AVX512-BF16), or to TF32
    /// on a GPU; elsewhere as they are.
    @JsonProperty("bfloat16")
    BFLOAT16(2);

    // at::globalContext(), and at::Context::setFloat32MatmulPrecision(at::Float32MatmulPrecision)
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String SET =
            "_ZN2at7Context25setFloat32MatmulPrecisionENS_22Float32MatmulPrecisionE";

    private final int precision; // at::Float32MatmulPrecision: HIGHEST, HIGH, MEDIUM

    MatmulPrecision(int precision) {
        this.precision = precision;
    }

    /// Takes them so in all products of this process until it is closed, once PyTorch is loaded;
    /// then, as they are. Where its library names the function otherwise (not on Linux, or in
    /// another version), that is how they are taken anyway.
    public Closeable use() {
        set(precision);
        return () -> set(FLOAT32.precision);
    }

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
}
