// A CUDA driver with one pretend card in host memory, for tests on machines without a card.
//
// It keeps books: memory, modules, streams and contexts that are not given back show, as do copies
// out of range, calls without a context, and structs laid out other than CUDA documents them. Its
// card is set by stub_set, and any call is made to fail by stub_fail_next.
//
// A module image "host:<path>" names a shared library. Its kernel f is the function
//     int f_emulated(unsigned grid, unsigned block, unsigned cluster, unsigned sharedBytes,
//                    void **kernelParams)
// which a launch calls before it returns, and whose result is the launch's CUresult. Kernels of any
// other image do nothing. With -DSTUB_BEFORE_11_6 there is no cuLaunchKernelEx.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    NOT_INITIALIZED = 3,
    NO_DEVICE = 100,
    INVALID_DEVICE = 101,
    INVALID_IMAGE = 200,
    INVALID_CONTEXT = 201,
    ECC_UNCORRECTABLE = 214,
    INVALID_PTX = 218,
    UNSUPPORTED_PTX_VERSION = 222,
    INVALID_HANDLE = 400,
    NOT_FOUND = 500,
    ILLEGAL_ADDRESS = 700,
    LAUNCH_OUT_OF_RESOURCES = 701,
    LAUNCH_TIMEOUT = 702,
    LAUNCH_FAILED = 719,
    COOPERATIVE_LAUNCH_TOO_LARGE = 720,
    NOT_SUPPORTED = 801,
    INVALID_CLUSTER_SIZE = 912,
};

static const struct {
    int code;
    const char *name;
    const char *text;
} ERRORS[] = {
    {SUCCESS, "CUDA_SUCCESS", "no error"},
    {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {NOT_INITIALIZED, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {34, "CUDA_ERROR_STUB_LIBRARY", "CUDA driver is a stub library"},
    {46, "CUDA_ERROR_DEVICE_UNAVAILABLE", "CUDA-capable device(s) is/are busy or unavailable"},
    {NO_DEVICE, "CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"},
    {INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {ECC_UNCORRECTABLE, "CUDA_ERROR_ECC_UNCORRECTABLE", "uncorrectable ECC error encountered"},
    {INVALID_PTX, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {221, "CUDA_ERROR_JIT_COMPILER_NOT_FOUND", "PTX JIT compiler library not found"},
    {UNSUPPORTED_PTX_VERSION, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
     "the provided PTX was compiled with an unsupported toolchain."},
    {INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {LAUNCH_OUT_OF_RESOURCES, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES",
     "too many resources requested for launch"},
    {LAUNCH_TIMEOUT, "CUDA_ERROR_LAUNCH_TIMEOUT", "the launch timed out and was terminated"},
    {LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {COOPERATIVE_LAUNCH_TOO_LARGE, "CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE",
     "too many blocks in cooperative launch"},
    {NOT_SUPPORTED, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
     "system has unsupported display driver / cuda driver combination"},
    {INVALID_CLUSTER_SIZE, "CUDA_ERROR_INVALID_CLUSTER_SIZE",
     "cluster misconfiguration"},
    {999, "CUDA_ERROR_UNKNOWN", "unknown error"},
};

// The structs, from CUDA's documentation.

typedef struct {
    int id;
    char pad[8 - sizeof(int)];
    union {
        char pad[64];
        int cooperative;
        struct {
            unsigned x, y, z;
        } clusterDim;
    } value;
} LaunchAttribute;

typedef struct {
    unsigned gridDimX, gridDimY, gridDimZ;
    unsigned blockDimX, blockDimY, blockDimZ;
    unsigned sharedMemBytes;
    void *hStream;
    LaunchAttribute *attrs;
    unsigned numAttrs;
} LaunchConfig;

_Static_assert(sizeof(LaunchAttribute) == 72, "CUlaunchAttribute");
_Static_assert(offsetof(LaunchAttribute, value) == 8, "CUlaunchAttribute.value");
_Static_assert(sizeof(LaunchConfig) == 56, "CUlaunchConfig");
_Static_assert(offsetof(LaunchConfig, gridDimZ) == 8, "CUlaunchConfig.gridDimZ");
_Static_assert(offsetof(LaunchConfig, blockDimX) == 12, "CUlaunchConfig.blockDimX");
_Static_assert(offsetof(LaunchConfig, sharedMemBytes) == 24, "CUlaunchConfig.sharedMemBytes");
_Static_assert(offsetof(LaunchConfig, hStream) == 32, "CUlaunchConfig.hStream");
_Static_assert(offsetof(LaunchConfig, attrs) == 40, "CUlaunchConfig.attrs");
_Static_assert(offsetof(LaunchConfig, numAttrs) == 48, "CUlaunchConfig.numAttrs");

enum { ATTRIBUTE_COOPERATIVE = 2, ATTRIBUTE_CLUSTER_DIMENSION = 4 };

typedef int (*Emulated)(unsigned, unsigned, unsigned, unsigned, void **);

typedef struct Function {
    Emulated emulated; // null: does nothing
    int dynamicSharedBytes;
    int largeClusters;
    struct Function *next;
} Function;

typedef struct {
    void *library; // of a host: image
    Function *functions;
} Module;

// Between two pages that nobody may read, at the beginning of the pages between.
typedef struct Allocation {
    char *at;
    size_t bytes;
    struct Allocation *next;
} Allocation;

enum { CONTEXT = 0x7c, DEVICE = 0, MOST_FAILURES = 16, MOST_PARAMETERS = 4096 };

typedef struct {
    const char *name;
    int64_t usual;
    int64_t value;
} Setting;

static Setting settings[] = {
    {"devices", 1, 1},
    {"driverVersion", 12040, 12040},
    {"computeCapability", 90, 90},
    {"multiprocessors", 132, 132},
    {"sharedBytesPerBlock", 232448, 232448},
    {"memoryBytes", 1 << 30, 1 << 30},
    {"cooperative", 1, 1},
    {"clusters", 1, 1},
    // The blocks of the largest cluster that it holds at all.
    {"largestCluster", 16, 16},
    {"registers", 64, 64},
    {"localBytes", 0, 0},
    {"staticSharedBytes", 0, 0},
    // How many bytes of its parameter a launch records.
    {"parameterBytes", 0, 0},
};

static struct {
    char function[64];
    int code;
} failures[MOST_FAILURES];

// The last launch.
static struct {
    LaunchConfig config;
    unsigned cluster;
    int cooperative;
    char parameters[MOST_PARAMETERS];
} last;

static int64_t launches, misuses, allocations, modules, streams, retained;
static int initialized, lost;
static Allocation *memory;
static char jitLog[4096];
static _Thread_local int current;

static int64_t setting(const char *name) {
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (!strcmp(settings[i].name, name)) return settings[i].value;
    abort();
}

// A call that a correct program never makes.
static int misuse(int code) {
    misuses++;
    return code;
}

static int sticky(int code) {
    return code == ECC_UNCORRECTABLE || code == ILLEGAL_ADDRESS || code == LAUNCH_TIMEOUT ||
           code == LAUNCH_FAILED;
}

// What loses the card fails every call after it, until the context is given up.
static int answer(int code) {
    if (sticky(code)) lost = code;
    return code;
}

static int failure(const char *function) {
    for (int i = 0; i < MOST_FAILURES; i++)
        if (failures[i].code && !strcmp(failures[i].function, function)) {
            int code = failures[i].code;
            failures[i].code = 0;
            return answer(code);
        }
    return SUCCESS;
}

// One call at a time, as the books are kept without locks of their own.
static pthread_mutex_t door = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static pthread_mutex_t *enter(void) {
    pthread_mutex_lock(&door);
    return &door;
}

static void leave(pthread_mutex_t **entered) { pthread_mutex_unlock(*entered); }

// The beginning of every call.
#define CALL                                                                                       \
    __attribute__((cleanup(leave), unused)) pthread_mutex_t *entered = enter();                    \
    do {                                                                                           \
        int failed = failure(__func__);                                                            \
        if (failed) return failed;                                                                 \
    } while (0)

// The beginning of every call that needs the driver started.
#define STARTED                                                                                    \
    CALL;                                                                                          \
    do {                                                                                           \
        if (!initialized) return misuse(NOT_INITIALIZED);                                          \
    } while (0)

// The beginning of every call that needs a context of this thread's.
#define IN_CONTEXT                                                                                 \
    STARTED;                                                                                       \
    do {                                                                                           \
        if (!current || !retained) return misuse(INVALID_CONTEXT);                                 \
        if (lost) return lost;                                                                     \
    } while (0)

// For the tests.

int stub_set(const char *name, int64_t value) {
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (!strcmp(settings[i].name, name)) {
            settings[i].value = value;
            return 0;
        }
    return 1;
}

// That function's next call fails; those before it that were asked for come first.
int stub_fail_next(const char *function, int64_t code) {
    for (int i = 0; i < MOST_FAILURES; i++)
        if (!failures[i].code) {
            snprintf(failures[i].function, sizeof failures[i].function, "%s", function);
            failures[i].code = code;
            return 0;
        }
    return 1;
}

// What the compiler says the next time that an image is refused.
void stub_jit_log(const char *log) { snprintf(jitLog, sizeof jitLog, "%s", log); }

int64_t stub_live_allocations(void) { return allocations; }
int64_t stub_live_modules(void) { return modules; }
int64_t stub_live_streams(void) { return streams; }
int64_t stub_live_contexts(void) { return retained; }
int64_t stub_misuses(void) { return misuses; }
int64_t stub_launches(void) { return launches; }
const LaunchConfig *stub_last_config(void) { return &last.config; }
int64_t stub_last_cluster(void) { return last.cluster; }
int64_t stub_last_cooperative(void) { return last.cooperative; }
const char *stub_last_parameters(void) { return last.parameters; }

enum { PAGE = 4096 };

static size_t pages_of(size_t bytes) { return (bytes + PAGE - 1) / PAGE * PAGE; }

static char *take_pages(size_t bytes) {
    char *guarded = mmap(NULL, pages_of(bytes) + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (guarded == MAP_FAILED) abort();
    if (mprotect(guarded + PAGE, pages_of(bytes), PROT_READ | PROT_WRITE)) abort();
    return guarded + PAGE;
}

static void give_pages(const Allocation *a) { munmap(a->at - PAGE, pages_of(a->bytes) + 2 * PAGE); }

static void drop_memory(void) {
    while (memory) {
        Allocation *next = memory->next;
        give_pages(memory);
        free(memory);
        memory = next;
        allocations--;
    }
}

// As after loading the library; what is still on the card is gone.
void stub_reset(void) {
    drop_memory();
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        settings[i].value = settings[i].usual;
    memset(failures, 0, sizeof failures);
    memset(&last, 0, sizeof last);
    jitLog[0] = 0;
    launches = misuses = allocations = modules = streams = retained = 0;
    initialized = lost = current = 0;
}

// The driver.

int cuInit(unsigned flags) {
    CALL;
    if (flags) return misuse(INVALID_VALUE);
    if (!setting("devices")) return NO_DEVICE;
    initialized = 1;
    return SUCCESS;
}

int cuDriverGetVersion(int *version) {
    CALL;
    *version = setting("driverVersion");
    return SUCCESS;
}

int cuGetErrorName(int error, const char **name) {
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
        if (ERRORS[i].code == error) {
            *name = ERRORS[i].name;
            return SUCCESS;
        }
    *name = NULL;
    return INVALID_VALUE;
}

int cuGetErrorString(int error, const char **text) {
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
        if (ERRORS[i].code == error) {
            *text = ERRORS[i].text;
            return SUCCESS;
        }
    *text = NULL;
    return INVALID_VALUE;
}

int cuDeviceGetCount(int *count) {
    STARTED;
    *count = setting("devices");
    return SUCCESS;
}

int cuDeviceGet(int *device, int ordinal) {
    STARTED;
    if (ordinal < 0 || ordinal >= setting("devices")) return misuse(INVALID_DEVICE);
    *device = DEVICE;
    return SUCCESS;
}

int cuDeviceGetName(char *name, int length, int device) {
    STARTED;
    if (device != DEVICE) return misuse(INVALID_DEVICE);
    snprintf(name, length, "Pretend H200");
    return SUCCESS;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
    STARTED;
    if (device != DEVICE) return misuse(INVALID_DEVICE);
    switch (attribute) {
        case 16: *value = setting("multiprocessors"); break;
        case 75: *value = setting("computeCapability") / 10; break;
        case 76: *value = setting("computeCapability") % 10; break;
        case 95: *value = setting("cooperative"); break;
        case 97: *value = setting("sharedBytesPerBlock"); break;
        case 120: *value = setting("clusters"); break;
        default: return misuse(INVALID_VALUE);
    }
    return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t *bytes, int device) {
    STARTED;
    if (device != DEVICE) return misuse(INVALID_DEVICE);
    *bytes = setting("memoryBytes");
    return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void **context, int device) {
    STARTED;
    if (device != DEVICE) return misuse(INVALID_DEVICE);
    retained++;
    *context = (void *)CONTEXT;
    return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int device) {
    STARTED;
    if (device != DEVICE || !retained) return misuse(INVALID_CONTEXT);
    retained--;
    // A lost context takes all with it. Otherwise what was not freed stays in the books.
    if (!retained && lost) {
        drop_memory();
        modules = streams = lost = 0;
    }
    return SUCCESS;
}

int cuCtxSetCurrent(void *context) {
    STARTED;
    if (context && context != (void *)CONTEXT) return misuse(INVALID_CONTEXT);
    current = context != NULL;
    return SUCCESS;
}

typedef struct {
    int alive;
} Stream;

// Streams are never freed, so that a destroyed one is noticed.
static int alive(void *stream) { return stream && ((Stream *)stream)->alive == 0x57; }

int cuStreamCreate(void **stream, unsigned flags) {
    IN_CONTEXT;
    if (flags > 1) return misuse(INVALID_VALUE);
    Stream *made = malloc(sizeof *made);
    made->alive = 0x57;
    streams++;
    *stream = made;
    return SUCCESS;
}

int cuStreamDestroy_v2(void *stream) {
    IN_CONTEXT;
    if (!alive(stream)) return misuse(INVALID_HANDLE);
    ((Stream *)stream)->alive = 0;
    streams--;
    return SUCCESS;
}

int cuStreamSynchronize(void *stream) {
    IN_CONTEXT;
    return alive(stream) ? SUCCESS : misuse(INVALID_HANDLE);
}

int cuMemAlloc_v2(uint64_t *address, size_t bytes) {
    IN_CONTEXT;
    if (!bytes) return misuse(INVALID_VALUE);
    size_t used = 0;
    for (Allocation *a = memory; a; a = a->next) used += a->bytes;
    if (bytes > setting("memoryBytes") - used) return OUT_OF_MEMORY;
    Allocation *a = malloc(sizeof *a);
    // The driver aligns to 256 bytes. What is there is anything but zeros.
    a->at = take_pages(bytes);
    memset(a->at, 0xa5, bytes);
    a->bytes = bytes;
    a->next = memory;
    memory = a;
    allocations++;
    *address = (uint64_t)(uintptr_t)a->at;
    return SUCCESS;
}

int cuMemFree_v2(uint64_t address) {
    IN_CONTEXT;
    for (Allocation **a = &memory; *a; a = &(*a)->next)
        if ((*a)->at == (char *)(uintptr_t)address) {
            Allocation *freed = *a;
            *a = freed->next;
            give_pages(freed);
            free(freed);
            allocations--;
            return SUCCESS;
        }
    return misuse(INVALID_VALUE);
}

int cuMemGetInfo_v2(size_t *unused, size_t *total) {
    IN_CONTEXT;
    *total = setting("memoryBytes");
    *unused = *total;
    for (Allocation *a = memory; a; a = a->next) *unused -= a->bytes;
    return SUCCESS;
}

// Whether the range lies within one allocation.
static int allocated(uint64_t address, size_t bytes) {
    for (Allocation *a = memory; a; a = a->next) {
        uint64_t at = (uint64_t)(uintptr_t)a->at;
        if (address >= at && address - at <= a->bytes && bytes <= a->bytes - (address - at))
            return 1;
    }
    return 0;
}

int cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes, void *stream) {
    IN_CONTEXT;
    if (!allocated(to, bytes) || !alive(stream)) return misuse(INVALID_VALUE);
    memcpy((void *)(uintptr_t)to, from, bytes);
    return SUCCESS;
}

int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, void *stream) {
    IN_CONTEXT;
    if (!allocated(from, bytes) || !alive(stream)) return misuse(INVALID_VALUE);
    memcpy(to, (void *)(uintptr_t)from, bytes);
    return SUCCESS;
}

int cuMemsetD8Async(uint64_t address, unsigned char value, size_t bytes, void *stream) {
    IN_CONTEXT;
    if (!allocated(address, bytes) || !alive(stream)) return misuse(INVALID_VALUE);
    memset((void *)(uintptr_t)address, value, bytes);
    return SUCCESS;
}

// Writes the log where the options ask for it.
static void write_log(const char *log, unsigned count, const int *options, void **values) {
    enum { ERROR_LOG_BUFFER = 5, ERROR_LOG_BUFFER_SIZE_BYTES = 6 };
    char *buffer = NULL;
    size_t bytes = 0;
    for (unsigned i = 0; i < count; i++) {
        if (options[i] == ERROR_LOG_BUFFER) buffer = values[i];
        else if (options[i] == ERROR_LOG_BUFFER_SIZE_BYTES) bytes = (size_t)values[i];
        else misuses++;
    }
    if (buffer && bytes) snprintf(buffer, bytes, "%s", log);
}

int cuModuleLoadDataEx(void **module, const void *image, unsigned count, int *options,
                       void **values) {
    int failed = failure(__func__);
    if (failed) {
        write_log(jitLog, count, options, values);
        return failed;
    }
    IN_CONTEXT;
    void *library = NULL;
    if (!strncmp(image, "host:", 5)) {
        library = dlopen((const char *)image + 5, RTLD_NOW | RTLD_LOCAL);
        if (!library) {
            write_log(dlerror(), count, options, values);
            return INVALID_IMAGE;
        }
    }
    Module *made = calloc(1, sizeof *made);
    made->library = library;
    modules++;
    *module = made;
    return SUCCESS;
}

int cuModuleUnload(void *handle) {
    IN_CONTEXT;
    Module *module = handle;
    if (!module) return misuse(INVALID_HANDLE);
    if (module->library) dlclose(module->library);
    for (Function *f = module->functions; f;) {
        Function *next = f->next;
        free(f);
        f = next;
    }
    free(module);
    modules--;
    return SUCCESS;
}

int cuModuleGetFunction(void **function, void *handle, const char *name) {
    IN_CONTEXT;
    Module *module = handle;
    Emulated emulated = NULL;
    if (module->library) {
        char symbol[256];
        snprintf(symbol, sizeof symbol, "%s_emulated", name);
        *(void **)&emulated = dlsym(module->library, symbol);
        if (!emulated) return NOT_FOUND;
    }
    Function *made = calloc(1, sizeof *made);
    made->emulated = emulated;
    made->dynamicSharedBytes = 49152 - setting("staticSharedBytes");
    made->next = module->functions;
    module->functions = made;
    *function = made;
    return SUCCESS;
}

int cuFuncGetAttribute(int *value, int attribute, void *function) {
    IN_CONTEXT;
    if (!function) return misuse(INVALID_HANDLE);
    switch (attribute) {
        case 3: *value = setting("localBytes"); break;
        case 4: *value = setting("registers"); break;
        default: return misuse(INVALID_VALUE);
    }
    return SUCCESS;
}

int cuFuncSetAttribute(void *handle, int attribute, int value) {
    IN_CONTEXT;
    Function *function = handle;
    switch (attribute) {
        case 8:
            if (value < 0) return misuse(INVALID_VALUE);
            if (value + setting("staticSharedBytes") > setting("sharedBytesPerBlock"))
                return INVALID_VALUE;
            function->dynamicSharedBytes = value;
            break;
        case 14:
            if (!setting("clusters")) return misuse(INVALID_VALUE);
            function->largeClusters = value;
            break;
        default: return misuse(INVALID_VALUE);
    }
    return SUCCESS;
}

static int least(int a, int b) { return a < b ? a : b; }

// How many fit on one multiprocessor: 64 warps, 65536 registers, and its shared memory, of which
// each block takes 1 KiB for itself.
static int blocks_at_once(int threads, int dynamicSharedBytes) {
    int sharedBytes = dynamicSharedBytes + setting("staticSharedBytes");
    int warps = (threads + 31) / 32;
    int byRegisters = 65536 / (setting("registers") * warps * 32);
    int byShared = (setting("sharedBytesPerBlock") + 1024) / (sharedBytes + 1024);
    return least(64 / warps, least(byRegisters, byShared));
}

int cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, void *function, int threads,
                                                size_t sharedBytes) {
    IN_CONTEXT;
    if (threads < 1 || threads > 1024 ||
        sharedBytes > (size_t)((Function *)function)->dynamicSharedBytes)
        return misuse(INVALID_VALUE);
    *blocks = blocks_at_once(threads, sharedBytes);
    return SUCCESS;
}

// Reads the attributes; nonzero when something in them is wrong.
static int read_config(const LaunchConfig *config, const Function *function, unsigned *cluster,
                       int *cooperative) {
    *cluster = 1;
    *cooperative = 0;
    if (!alive(config->hStream)) return misuse(INVALID_HANDLE);
    if (!config->gridDimX || config->gridDimY != 1 || config->gridDimZ != 1 ||
        !config->blockDimX || config->blockDimX > 1024 || config->blockDimY != 1 ||
        config->blockDimZ != 1 || config->numAttrs > 2 || (config->numAttrs && !config->attrs))
        return misuse(INVALID_VALUE);
    if (config->sharedMemBytes > (unsigned)function->dynamicSharedBytes)
        return misuse(INVALID_VALUE);
    for (unsigned i = 0; i < config->numAttrs; i++) {
        const LaunchAttribute *a = config->attrs + i;
        switch (a->id) {
            case ATTRIBUTE_COOPERATIVE:
                *cooperative = a->value.cooperative;
                if (!setting("cooperative")) return misuse(NOT_SUPPORTED);
                break;
            case ATTRIBUTE_CLUSTER_DIMENSION:
                *cluster = a->value.clusterDim.x;
                if (!setting("clusters")) return misuse(NOT_SUPPORTED);
                if (a->value.clusterDim.y != 1 || a->value.clusterDim.z != 1 || !*cluster ||
                    config->gridDimX % *cluster)
                    return misuse(INVALID_CLUSTER_SIZE);
                if (*cluster > (function->largeClusters ? 16u : 8u))
                    return misuse(INVALID_CLUSTER_SIZE);
                break;
            default: return misuse(INVALID_VALUE);
        }
    }
    return SUCCESS;
}

int cuOccupancyMaxActiveClusters(int *clusters, void *function, const LaunchConfig *config) {
    IN_CONTEXT;
    unsigned cluster;
    int cooperative;
    int wrong = read_config(config, function, &cluster, &cooperative);
    if (wrong) return wrong;
    int none = cluster > setting("largestCluster") ||
               !blocks_at_once(config->blockDimX, config->sharedMemBytes);
    *clusters = none ? 0 : setting("multiprocessors") / cluster;
    return SUCCESS;
}

#ifndef STUB_BEFORE_11_6
int cuLaunchKernelEx(const LaunchConfig *config, void *handle, void **parameters, void **extra) {
    IN_CONTEXT;
    Function *function = handle;
    unsigned cluster;
    int cooperative;
    int wrong = read_config(config, function, &cluster, &cooperative);
    if (wrong) return wrong;
    if (!parameters || !parameters[0] || extra) return misuse(INVALID_VALUE);
    int blocks = blocks_at_once(config->blockDimX, config->sharedMemBytes);
    if (!blocks) return LAUNCH_OUT_OF_RESOURCES;
    if (cooperative && config->gridDimX > blocks * setting("multiprocessors"))
        return COOPERATIVE_LAUNCH_TOO_LARGE;
    launches++;
    last.config = *config;
    last.cluster = cluster;
    last.cooperative = cooperative;
    memcpy(last.parameters, parameters[0], setting("parameterBytes"));
    if (!function->emulated) return SUCCESS;
    return answer(function->emulated(config->gridDimX, config->blockDimX, cluster,
                                     config->sharedMemBytes, parameters));
}
#endif
