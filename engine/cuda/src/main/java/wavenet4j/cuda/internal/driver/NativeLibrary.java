package wavenet4j.cuda.internal.driver;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// A shared library, opened at run time.
///
/// @param remedy what helps when a function is missing, a phrase
@SuppressWarnings("restricted")
public record NativeLibrary(String name, SymbolLookup symbols, String remedy) {
    public static final boolean ON_WINDOWS = System.mapLibraryName("").endsWith(".dll");

    private static final int LONGEST_TEXT = 1 << 16;

    /// A library that cannot be loaded or lacks a function; reason and remedy are phrases.
    public static final class Unusable extends Exception {
        private final String reason;
        private final String remedy;

        Unusable(String reason, String remedy) {
            super(reason);
            this.reason = reason;
            this.remedy = remedy;
        }

        public <T> Lookup.Missing<T> missing() {
            return new Lookup.Missing<>(reason, remedy);
        }
    }

    /// A call of a function that returns an error code, 0 for none.
    @FunctionalInterface
    public interface Call {
        int run() throws Throwable;
    }

    /// Whether the system has such a library.
    ///
    /// @param name a file, or a name for the system's loader to find
    static boolean exists(String name) {
        try {
            SymbolLookup.libraryLookup(name, Arena.global());
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        } catch (IllegalCallerException _) {
            return true; // it may; opening it says what is in the way
        }
    }

    /// Loads it, until the arena is closed.
    ///
    /// @param name a file, or a name for the system's loader to find
    public static NativeLibrary open(String name, Arena arena, String remedy) throws Unusable {
        try {
            return new NativeLibrary(name, SymbolLookup.libraryLookup(name, arena), remedy);
        } catch (IllegalArgumentException _) {
            throw new Unusable("the library %s cannot be loaded".formatted(name), remedy);
        } catch (IllegalCallerException _) {
            throw new Unusable(
                    "this Java may not call native code",
                    "start java with --enable-native-access=ALL-UNNAMED");
        }
    }

    /// A function that returns an int.
    public MethodHandle function(String symbol, MemoryLayout... arguments) throws Unusable {
        return function(symbol, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /// A function of any type.
    public MethodHandle function(String symbol, FunctionDescriptor type) throws Unusable {
        var address = symbols.find(symbol);
        if (address.isEmpty()) {
            throw new Unusable("the library %s has no function %s".formatted(name, symbol), remedy);
        }
        return Linker.nativeLinker().downcallHandle(address.get(), type);
    }

    /// Runs a call and returns its error code. Handles throw only when called with wrong types.
    public static int call(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// The C string at a pointer that a library gave; empty where the pointer is null.
    public static String text(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(LONGEST_TEXT).getString(0);
    }
}
