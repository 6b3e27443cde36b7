package wavenet4j.train.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a libcudart says of the cards. DJL asks the same question and keeps only the count.
///
/// @param error of `cudaGetDeviceCount`, 0 for none
/// @param says the error in CUDA's words
/// @param cards that programs may use
record CudaRuntime(int error, String says, int cards) {
    static final int INSUFFICIENT_DRIVER = 35;
    static final int NO_DEVICE = 100;

    private static final long LONGEST_TEXT = 4096;

    /// Loads the library and asks.
    ///
    /// @param folder of a libcudart; null for the one that the system's loader finds
    /// @return nothing where there is no such library
    static Optional<CudaRuntime> ask(@Nullable Path folder) {
        try (Arena arena = Arena.ofConfined()) {
            return lookup(folder).map(symbols -> ask(symbols, arena));
        }
    }

    @SuppressWarnings("restricted") // the launcher allows native access
    private static Optional<SymbolLookup> lookup(@Nullable Path folder) {
        Arena arena = Arena.global(); // CUDA's libraries do not bear being unloaded
        try {
            if (folder == null) {
                return Optional.of(SymbolLookup.libraryLookup("libcudart.so", arena));
            }
            for (String name :
                    new String[] {"libcudart.so", "libcudart.so.12", "libcudart.so.13"}) {
                Path file = folder.resolve(name);
                if (Files.exists(file)) return Optional.of(SymbolLookup.libraryLookup(file, arena));
            }
            return Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // it does not exist or cannot be loaded
        }
    }

    private static CudaRuntime ask(SymbolLookup symbols, Arena arena) {
        try {
            MemorySegment count = arena.allocate(JAVA_INT);
            var descriptor = FunctionDescriptor.of(JAVA_INT, ADDRESS);
            int error =
                    (int) function(symbols, "cudaGetDeviceCount", descriptor).invokeExact(count);
            if (error == 0) return new CudaRuntime(0, "", count.get(JAVA_INT, 0));
            var text = FunctionDescriptor.of(ADDRESS, JAVA_INT);
            var says =
                    (MemorySegment)
                            function(symbols, "cudaGetErrorString", text).invokeExact(error);
            return new CudaRuntime(error, text(says), 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libcudart cannot be called", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(
            SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment address) {
        return address.reinterpret(LONGEST_TEXT).getString(0);
    }

    /// Whether the driver's own library is there: what CUDA's runtime calls.
    @SuppressWarnings("restricted")
    static boolean driverLoads() {
        String name =
                System.mapLibraryName("cuda").endsWith(".dll") ? "nvcuda.dll" : "libcuda.so.1";
        try {
            return SymbolLookup.libraryLookup(name, Arena.global()).find("cuInit").isPresent();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
