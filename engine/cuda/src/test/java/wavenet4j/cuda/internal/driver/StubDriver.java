package wavenet4j.cuda.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import wavenet4j.cuda.NativeCompiler;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// The pretend card and its driver, `src/test/c/driver.c`.
public record StubDriver(StubLibrary library) {
    /// Compiles it into a folder.
    ///
    /// @param options of the C compiler
    public static StubDriver compile(Path folder, String... options)
            throws IOException, InterruptedException {
        var compiler = new NativeCompiler(folder);
        Path file = compiler.library(Path.of("src/test/c/driver.c"), List.of(options));
        return new StubDriver(new StubLibrary(file));
    }

    public Path file() {
        return library.file();
    }

    /// As if it had just been loaded.
    public void reset() {
        try {
            library.function("reset", FunctionDescriptor.ofVoid()).invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// Changes the card; the names stand in the C file.
    public void set(String name, long value) {
        withText("set", name, value);
    }

    /// Makes the next call of that function fail.
    public void failNext(String function, int error) {
        withText("fail_next", function, error);
    }

    /// What the driver's compiler says when it fails.
    public void jitLog(String log) {
        try (var arena = Arena.ofConfined()) {
            library.function("jit_log", FunctionDescriptor.ofVoid(ADDRESS))
                    .invokeExact(arena.allocateFrom(log));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private void withText(String function, String text, long value) {
        var type = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG);
        try (var arena = Arena.ofConfined()) {
            int wrong =
                    (int)
                            library.function(function, type)
                                    .invokeExact(arena.allocateFrom(text), value);
            assertThat(wrong).as(text).isZero();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// The card, which must be there.
    public Gpu open() {
        return switch (Gpu.open(file(), 0)) {
            case Found<Gpu>(var gpu) -> gpu;
            case Missing<Gpu> missing -> throw new AssertionError(missing.toString());
        };
    }

    public MemorySegment lastConfig() {
        return library.bytes("last_config", LaunchConfig.CONFIG.byteSize());
    }

    /// What a correct program leaves on the card: nothing. And it never misused the driver.
    public void assertAllGivenBack() {
        for (String what : List.of("allocations", "modules", "streams", "contexts")) {
            assertThat(library.number("live_" + what)).as(what).isZero();
        }
        assertThat(library.number("misuses")).as("misuses").isZero();
    }
}
