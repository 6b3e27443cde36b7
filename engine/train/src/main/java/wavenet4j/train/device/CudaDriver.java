package wavenet4j.train.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The answers of NVIDIA's driver library. DJL counts GPUs, but does not say why there is none.
///
/// @param error of `cuInit`, 0 for none
/// @param message the error in CUDA's words
/// @param version the newest CUDA that the driver runs, such as 12040 for 12.4
record CudaDriver(int error, String message, int version) {
    static final int NO_DEVICE = 100;

    private static final long LONGEST_MESSAGE = 4096;

    /// The name of the library on this system.
    static String library() {
        return System.mapLibraryName("cuda").endsWith(".dll") ? "nvcuda.dll" : "libcuda.so.1";
    }

    /// Loads the library and asks it.
    ///
    /// @param library its name or path
    /// @return empty where it cannot be loaded
    @SuppressWarnings("restricted") // the launcher allows native access
    static Optional<CudaDriver> query(String library) {
        SymbolLookup symbols;
        try {
            symbols = SymbolLookup.libraryLookup(library, Arena.global()); // never unloaded
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            return Optional.of(query(symbols, arena));
        }
    }

    private static CudaDriver query(SymbolLookup symbols, Arena arena) {
        try {
            var init = function(symbols, "cuInit", JAVA_INT);
            int error = (int) init.invokeExact(0);
            MemorySegment version = arena.allocate(JAVA_INT);
            var getVersion = function(symbols, "cuDriverGetVersion", ADDRESS);
            if ((int) getVersion.invokeExact(version) != 0) version.fill((byte) 0);
            String message = error == 0 ? "" : message(symbols, error, arena);
            return new CudaDriver(error, message, version.get(JAVA_INT, 0));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the CUDA driver cannot be called", e);
        }
    }

    @SuppressWarnings("restricted")
    private static String message(SymbolLookup symbols, int error, Arena arena) throws Throwable {
        MemorySegment text = arena.allocate(ADDRESS);
        var getMessage = function(symbols, "cuGetErrorString", JAVA_INT, ADDRESS);
        boolean known = (int) getMessage.invokeExact(error, text) == 0;
        return known
                ? text.get(ADDRESS, 0).reinterpret(LONGEST_MESSAGE).getString(0)
                : "unknown error";
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(
            SymbolLookup symbols, String name, ValueLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, parameters));
    }
}
