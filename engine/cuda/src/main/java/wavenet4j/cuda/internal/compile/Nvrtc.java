package wavenet4j.cuda.internal.compile;

import static wavenet4j.cuda.internal.driver.NativeLibrary.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.driver.NativeLibrary;
import wavenet4j.cuda.internal.driver.NativeLibrary.Call;
import wavenet4j.cuda.internal.driver.NativeLibrary.Unusable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// NVRTC, NVIDIA's run-time compiler of CUDA C++: part of the CUDA toolkit and of libtorch, not of
/// the driver.
public final class Nvrtc implements AutoCloseable {
    private static final String REMEDY =
            "install NVRTC, which the CUDA toolkit and pip's nvidia-cuda-nvrtc hold, and set"
                    + " CUDA_HOME to the toolkit's folder";

    private final Arena arena;
    private final int version;
    private boolean closed;

    private final MethodHandle nvrtcGetErrorString;
    private final MethodHandle nvrtcCreateProgram;
    private final MethodHandle nvrtcCompileProgram;
    private final MethodHandle nvrtcGetProgramLogSize;
    private final MethodHandle nvrtcGetProgramLog;
    private final MethodHandle nvrtcGetPTXSize;
    private final MethodHandle nvrtcGetPTX;
    private final MethodHandle nvrtcDestroyProgram;

    private Nvrtc(String name, Arena arena) throws Unusable {
        this.arena = arena;
        var library = NativeLibrary.open(name, arena, REMEDY);
        // const char *nvrtcGetErrorString(nvrtcResult result)
        nvrtcGetErrorString =
                library.function("nvrtcGetErrorString", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        // nvrtcResult nvrtcCreateProgram(nvrtcProgram *prog, const char *src, const char *name,
        // int numHeaders, const char *const *headers, const char *const *includeNames)
        nvrtcCreateProgram =
                library.function(
                        "nvrtcCreateProgram",
                        ADDRESS,
                        ADDRESS,
                        ADDRESS,
                        JAVA_INT,
                        ADDRESS,
                        ADDRESS);
        // nvrtcResult nvrtcCompileProgram(nvrtcProgram prog, int numOptions, const char *const
        // *options)
        nvrtcCompileProgram = library.function("nvrtcCompileProgram", ADDRESS, JAVA_INT, ADDRESS);
        // nvrtcResult nvrtcGetProgramLogSize(nvrtcProgram prog, size_t *logSizeRet)
        nvrtcGetProgramLogSize = library.function("nvrtcGetProgramLogSize", ADDRESS, ADDRESS);
        // nvrtcResult nvrtcGetProgramLog(nvrtcProgram prog, char *log)
        nvrtcGetProgramLog = library.function("nvrtcGetProgramLog", ADDRESS, ADDRESS);
        // nvrtcResult nvrtcGetPTXSize(nvrtcProgram prog, size_t *ptxSizeRet)
        nvrtcGetPTXSize = library.function("nvrtcGetPTXSize", ADDRESS, ADDRESS);
        // nvrtcResult nvrtcGetPTX(nvrtcProgram prog, char *ptx)
        nvrtcGetPTX = library.function("nvrtcGetPTX", ADDRESS, ADDRESS);
        // nvrtcResult nvrtcDestroyProgram(nvrtcProgram *prog)
        nvrtcDestroyProgram = library.function("nvrtcDestroyProgram", ADDRESS);
        // nvrtcResult nvrtcVersion(int *major, int *minor)
        var nvrtcVersion = library.function("nvrtcVersion", ADDRESS, ADDRESS);
        try (var local = Arena.ofConfined()) {
            var major = local.allocate(JAVA_INT);
            var minor = local.allocate(JAVA_INT);
            run("asking NVRTC for its version", () -> (int) nvrtcVersion.invokeExact(major, minor));
            version = 1000 * major.get(JAVA_INT, 0) + 10 * minor.get(JAVA_INT, 0);
        }
    }

    /// This machine's NVRTC: that of `CUDA_HOME` or `CUDA_PATH`, else the one that the system's
    /// loader finds, else one in the usual places.
    ///
    /// @param library its file, and no other is looked at; null to look for one
    /// @param environment the process's environment variables
    public static Lookup<Nvrtc> find(@Nullable Path library, Map<String, String> environment) {
        if (library != null) return open(library.toString());
        for (String candidate : new NvrtcLocations(environment).candidates()) {
            if (open(candidate) instanceof Found<Nvrtc> found) return found;
        }
        return new Missing<>("this machine has no NVRTC, the CUDA compiler's library", REMEDY);
    }

    @SuppressWarnings("MustBeClosed") // The arena goes to what is found, and is closed with it.
    private static Lookup<Nvrtc> open(String name) {
        var arena = Arena.ofShared();
        try {
            return new Found<>(new Nvrtc(name, arena));
        } catch (Unusable e) {
            arena.close();
            return e.missing();
        } catch (CudaException e) {
            arena.close();
            return new Missing<>(e.reason(), e.remedy());
        }
    }

    /// Of the CUDA that it belongs to: 1000 times the major number and 10 times the minor.
    int version() {
        return version;
    }

    /// Compiles CUDA C++.
    ///
    /// @param headers what the source includes, by the name it includes it by
    /// @param options such as `--gpu-architecture=compute_75`
    /// @return PTX
    /// @throws CudaException when the compiler finds an error; its first messages are in there
    public byte[] compile(String source, Map<String, String> headers, List<String> options) {
        if (closed) throw new IllegalStateException("NVRTC is closed");
        try (var local = Arena.ofConfined()) {
            var handle = local.allocate(ADDRESS);
            var sourceText = local.allocateFrom(source);
            var name = local.allocateFrom("kernel.cu");
            var names = List.copyOf(headers.keySet());
            var includeNames = texts(local, names);
            var headerTexts = texts(local, names.stream().map(headers::get).toList());
            run(
                    "preparing a kernel for NVRTC",
                    () ->
                            (int)
                                    nvrtcCreateProgram.invokeExact(
                                            handle,
                                            sourceText,
                                            name,
                                            names.size(),
                                            headerTexts,
                                            includeNames));
            try {
                MemorySegment program = handle.get(ADDRESS, 0);
                var optionTexts = texts(local, options);
                int error =
                        call(() ->
                                (int)
                                        nvrtcCompileProgram.invokeExact(
                                                program, options.size(), optionTexts));
                if (error != 0) {
                    var log = output(program, nvrtcGetProgramLogSize, nvrtcGetProgramLog);
                    throw failure("compiling a kernel by NVRTC", error, log);
                }
                return output(program, nvrtcGetPTXSize, nvrtcGetPTX)
                        .getBytes(StandardCharsets.UTF_8);
            } finally {
                call(() -> (int) nvrtcDestroyProgram.invokeExact(handle));
            }
        }
    }

    /// Unloads the library.
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        arena.close();
    }

    /// A text that the compiler made, without the zero at its end.
    private String output(MemorySegment program, MethodHandle size, MethodHandle content) {
        try (var local = Arena.ofConfined()) {
            var count = local.allocate(JAVA_LONG);
            run("reading NVRTC's result", () -> (int) size.invokeExact(program, count));
            var text = local.allocate(count.get(JAVA_LONG, 0) + 1);
            run("reading NVRTC's result", () -> (int) content.invokeExact(program, text));
            return text.getString(0);
        }
    }

    private void run(String doing, Call call) {
        int error = call(call);
        if (error != 0) throw failure(doing, error, "");
    }

    private CudaException failure(String doing, int error, String log) {
        try {
            var name = (MemorySegment) nvrtcGetErrorString.invokeExact(error);
            return CudaException.of(doing, NativeLibrary.text(name), "", log);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /// An array of pointers to C strings.
    private static MemorySegment texts(Arena arena, List<String> texts) {
        var pointers = arena.allocate(ADDRESS, texts.size());
        for (int i = 0; i < texts.size(); i++) {
            pointers.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return pointers;
    }
}
