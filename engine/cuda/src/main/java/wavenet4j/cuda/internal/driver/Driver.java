package wavenet4j.cuda.internal.driver;

import static wavenet4j.cuda.internal.driver.NativeLibrary.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.driver.NativeLibrary.Call;
import wavenet4j.cuda.internal.driver.NativeLibrary.Unusable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The functions of the CUDA driver that are used here. Each answers a CUresult, 0 for success. The
/// driver's handles (CUcontext, CUmodule, CUfunction, CUstream) are pointers, a CUdevice is an int,
/// and a CUdeviceptr, an address on the card, is a long.
public record Driver(
        MethodHandle cuInit,
        MethodHandle cuDriverGetVersion,
        MethodHandle cuGetErrorName,
        MethodHandle cuGetErrorString,
        MethodHandle cuDeviceGetCount,
        MethodHandle cuDeviceGet,
        MethodHandle cuDeviceGetName,
        MethodHandle cuDeviceGetAttribute,
        MethodHandle cuDeviceTotalMem,
        MethodHandle cuDevicePrimaryCtxRetain,
        MethodHandle cuDevicePrimaryCtxRelease,
        MethodHandle cuCtxSetCurrent,
        MethodHandle cuStreamCreate,
        MethodHandle cuStreamDestroy,
        MethodHandle cuStreamSynchronize,
        MethodHandle cuMemAlloc,
        MethodHandle cuMemFree,
        MethodHandle cuMemGetInfo,
        MethodHandle cuMemcpyHtoDAsync,
        MethodHandle cuMemcpyDtoHAsync,
        MethodHandle cuMemsetD8Async,
        MethodHandle cuModuleLoadDataEx,
        MethodHandle cuModuleUnload,
        MethodHandle cuModuleGetFunction,
        MethodHandle cuFuncGetAttribute,
        MethodHandle cuFuncSetAttribute,
        MethodHandle cuOccupancyMaxActiveBlocksPerMultiprocessor,
        MethodHandle cuOccupancyMaxActiveClusters,
        MethodHandle cuLaunchKernelEx) {

    /// The oldest CUDA whose driver has all of these: 11.8, with which clusters came.
    static final int LEAST_VERSION = 11_080;

    private static final String REMEDY =
            "install NVIDIA's driver, version 520 (CUDA 11.8) or newer, on a machine with an NVIDIA"
                    + " card";

    /// What helps where there is no driver, and there should be one.
    static final String ABSENT_REMEDY =
            "take another backend or, where it has an NVIDIA card, install NVIDIA's driver, version"
                    + " 520 (CUDA 11.8) or newer, and start a container with --gpus all";

    /// That there is no driver, a phrase; null where there is one.
    ///
    /// @param library its file; null for the one that the system's loader finds
    static @Nullable String absence(@Nullable Path library) {
        String name = name(library);
        return NativeLibrary.exists(name)
                ? null
                : "this machine has no NVIDIA driver (%s)".formatted(name);
    }

    private static String name(@Nullable Path library) {
        if (library != null) return library.toString();
        return NativeLibrary.ON_WINDOWS ? "nvcuda.dll" : "libcuda.so.1";
    }

    /// This machine's driver.
    ///
    /// @param library its file; null for the one that the system's loader finds
    static Lookup<Driver> find(@Nullable Path library) {
        String absence = absence(library);
        if (absence != null) return new Missing<>(absence, ABSENT_REMEDY);
        try {
            // Never unloaded: the driver runs threads of its own.
            var opened = NativeLibrary.open(name(library), Arena.global(), REMEDY);
            // CUresult cuDriverGetVersion(int *driverVersion)
            int version = version(opened.function("cuDriverGetVersion", ADDRESS));
            if (version < LEAST_VERSION) {
                return new Missing<>(
                        "the NVIDIA driver is too old: it runs CUDA up to %s, and %s is the least"
                                .formatted(versionName(version), versionName(LEAST_VERSION)),
                        REMEDY);
            }
            return new Found<>(bind(opened));
        } catch (Unusable e) {
            return e.missing();
        }
    }

    private static Driver bind(NativeLibrary library) throws Unusable {
        return new Driver(
                // CUresult cuInit(unsigned int Flags)
                library.function("cuInit", JAVA_INT),
                // CUresult cuDriverGetVersion(int *driverVersion)
                library.function("cuDriverGetVersion", ADDRESS),
                // CUresult cuGetErrorName(CUresult error, const char **pStr)
                library.function("cuGetErrorName", JAVA_INT, ADDRESS),
                // CUresult cuGetErrorString(CUresult error, const char **pStr)
                library.function("cuGetErrorString", JAVA_INT, ADDRESS),
                // CUresult cuDeviceGetCount(int *count)
                library.function("cuDeviceGetCount", ADDRESS),
                // CUresult cuDeviceGet(CUdevice *device, int ordinal)
                library.function("cuDeviceGet", ADDRESS, JAVA_INT),
                // CUresult cuDeviceGetName(char *name, int len, CUdevice dev)
                library.function("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT),
                // CUresult cuDeviceGetAttribute(int *pi, CUdevice_attribute attrib, CUdevice dev)
                library.function("cuDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT),
                // CUresult cuDeviceTotalMem(size_t *bytes, CUdevice dev)
                library.function("cuDeviceTotalMem_v2", ADDRESS, JAVA_INT),
                // CUresult cuDevicePrimaryCtxRetain(CUcontext *pctx, CUdevice dev)
                library.function("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT),
                // CUresult cuDevicePrimaryCtxRelease(CUdevice dev)
                library.function("cuDevicePrimaryCtxRelease_v2", JAVA_INT),
                // CUresult cuCtxSetCurrent(CUcontext ctx)
                library.function("cuCtxSetCurrent", ADDRESS),
                // CUresult cuStreamCreate(CUstream *phStream, unsigned int Flags)
                library.function("cuStreamCreate", ADDRESS, JAVA_INT),
                // CUresult cuStreamDestroy(CUstream hStream)
                library.function("cuStreamDestroy_v2", ADDRESS),
                // CUresult cuStreamSynchronize(CUstream hStream)
                library.function("cuStreamSynchronize", ADDRESS),
                // CUresult cuMemAlloc(CUdeviceptr *dptr, size_t bytesize)
                library.function("cuMemAlloc_v2", ADDRESS, JAVA_LONG),
                // CUresult cuMemFree(CUdeviceptr dptr)
                library.function("cuMemFree_v2", JAVA_LONG),
                // CUresult cuMemGetInfo(size_t *free, size_t *total)
                library.function("cuMemGetInfo_v2", ADDRESS, ADDRESS),
                // CUresult cuMemcpyHtoDAsync(CUdeviceptr dstDevice, const void *srcHost, size_t
                // ByteCount, CUstream hStream)
                library.function("cuMemcpyHtoDAsync_v2", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS),
                // CUresult cuMemcpyDtoHAsync(void *dstHost, CUdeviceptr srcDevice, size_t
                // ByteCount, CUstream hStream)
                library.function("cuMemcpyDtoHAsync_v2", ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS),
                // CUresult cuMemsetD8Async(CUdeviceptr dstDevice, unsigned char uc, size_t N,
                // CUstream hStream)
                library.function("cuMemsetD8Async", JAVA_LONG, JAVA_BYTE, JAVA_LONG, ADDRESS),
                // CUresult cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned int
                // numOptions, CUjit_option *options, void **optionValues)
                library.function(
                        "cuModuleLoadDataEx", ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS),
                // CUresult cuModuleUnload(CUmodule hmod)
                library.function("cuModuleUnload", ADDRESS),
                // CUresult cuModuleGetFunction(CUfunction *hfunc, CUmodule hmod, const char *name)
                library.function("cuModuleGetFunction", ADDRESS, ADDRESS, ADDRESS),
                // CUresult cuFuncGetAttribute(int *pi, CUfunction_attribute attrib, CUfunction
                // hfunc)
                library.function("cuFuncGetAttribute", ADDRESS, JAVA_INT, ADDRESS),
                // CUresult cuFuncSetAttribute(CUfunction hfunc, CUfunction_attribute attrib, int
                // value)
                library.function("cuFuncSetAttribute", ADDRESS, JAVA_INT, JAVA_INT),
                // CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int *numBlocks, CUfunction
                // func, int blockSize, size_t dynamicSMemSize)
                library.function(
                        "cuOccupancyMaxActiveBlocksPerMultiprocessor",
                        ADDRESS,
                        ADDRESS,
                        JAVA_INT,
                        JAVA_LONG),
                // CUresult cuOccupancyMaxActiveClusters(int *numClusters, CUfunction func, const
                // CUlaunchConfig *config)
                library.function("cuOccupancyMaxActiveClusters", ADDRESS, ADDRESS, ADDRESS),
                // CUresult cuLaunchKernelEx(const CUlaunchConfig *config, CUfunction f, void
                // **kernelParams, void **extra)
                library.function("cuLaunchKernelEx", ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    }

    /// The newest CUDA that the driver runs: 1000 times the major version and 10 times the minor.
    int version() {
        return version(cuDriverGetVersion);
    }

    private static int version(MethodHandle cuDriverGetVersion) {
        try (var arena = Arena.ofConfined()) {
            var version = arena.allocate(JAVA_INT);
            int error = call(() -> (int) cuDriverGetVersion.invokeExact(version));
            return error == 0 ? version.get(JAVA_INT, 0) : 0;
        }
    }

    /// A version as people write it: 11.8 for 11080.
    public static String versionName(int version) {
        return "%d.%d".formatted(version / 1000, version % 1000 / 10);
    }

    /// Calls the driver.
    ///
    /// @param doing what the call does, such as `allocating 16 bytes`
    /// @throws CudaException when it answers an error
    void run(String doing, Call call) {
        int error = call(call);
        if (error != 0) throw failure(doing, error, "");
    }

    /// The exception for an error code.
    ///
    /// @param log of the driver's compiler, or empty
    CudaException failure(String doing, int error, String log) {
        try (var arena = Arena.ofConfined()) {
            var pointer = arena.allocate(ADDRESS);
            int unnamed = call(() -> (int) cuGetErrorName.invokeExact(error, pointer));
            if (unnamed != 0) {
                return CudaException.of(doing, "error " + error, "unknown to the driver", log);
            }
            String name = NativeLibrary.text(pointer.get(ADDRESS, 0));
            call(() -> (int) cuGetErrorString.invokeExact(error, pointer));
            return CudaException.of(doing, name, NativeLibrary.text(pointer.get(ADDRESS, 0)), log);
        }
    }

    /// One call that stores its result, a handle or a number.
    @FunctionalInterface
    interface Asking {
        int run(MemorySegment result) throws Throwable;
    }

    /// The handle that the call stores.
    MemorySegment handle(String doing, Asking call) {
        return MemorySegment.ofAddress(number(doing, call));
    }

    /// The number of four or eight bytes that the call stores.
    long number(String doing, Asking call) {
        try (var arena = Arena.ofConfined()) {
            // Zero before the call, so that the upper half of an int is 0: all machines with CUDA
            // are little-endian.
            var result = arena.allocate(JAVA_LONG);
            run(doing, () -> call.run(result));
            return result.get(JAVA_LONG, 0);
        }
    }
}
