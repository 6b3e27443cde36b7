package wavenet4j.cuda.internal.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// A library of `src/test/c`, and what its functions for tests say.
@SuppressWarnings("restricted")
public record StubLibrary(Path file, SymbolLookup symbols) {
    public StubLibrary(Path file) {
        this(file, SymbolLookup.libraryLookup(file, Arena.global()));
    }

    /// The number that `stub_<name>` answers.
    public long number(String name) {
        try {
            return (long) function(name, FunctionDescriptor.of(JAVA_LONG)).invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// The first bytes at the pointer that `stub_<name>` answers.
    public MemorySegment bytes(String name, long count) {
        try {
            var pointer =
                    (MemorySegment) function(name, FunctionDescriptor.of(ADDRESS)).invokeExact();
            return pointer.reinterpret(count);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow("stub_" + name), type);
    }
}
