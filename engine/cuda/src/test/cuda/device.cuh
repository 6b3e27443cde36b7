// An emulation of device.cuh that runs the kernel's own source on a processor: every thread of every
// block is a fiber, and a seeded scheduler interleaves them at random, to find missing
// synchronization. Shared memory starts as NaNs; stores to other blocks arrive late.
#pragma once

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

using std::max;
using std::min;

#define __device__
#define GRID_CONSTANT
#define __forceinline__ inline
#define KERNEL                                                                                    \
    void wavenet(const struct Run run);                                                           \
    extern "C" __attribute__((visibility("default"))) int wavenet_emulated(                                                              \
        unsigned grid, unsigned block, unsigned cluster, unsigned bytes, void** params) {         \
        return emulator::launch(                                                                  \
            grid, block, cluster, bytes, [&] { wavenet(*(const struct Run*) params[0]); });       \
    }                                                                                             \
    void
/// How many of the next messages between blocks get lost, for tests.
extern "C" __attribute__((visibility("default"))) int messages_to_lose;
int messages_to_lose = 0;

#define SHARED_MEMORY(name) uint4* name = (uint4*) emulator::current().block->memory

struct alignas(8) uint2 { unsigned x, y; };
struct alignas(16) uint4 { unsigned x, y, z, w; };
struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }

namespace emulator {

struct Dim { unsigned x; };

// No power of two, so that the fibers' stacks do not fall into the same lines of the cache.
constexpr size_t STACK = (64 << 10) + 4096 + 192;

struct Warp {
    int arrived = 0;
    unsigned turn = 0;
    float values[2][32];
    uint4 a[2][32];
    unsigned b[2][32][2];
    float sums[2][32][4];
    std::vector<struct Fiber*> waiting;
};

struct Block {
    unsigned char* memory;
    unsigned rank;
    std::unique_ptr<Warp[]> warps;
    std::vector<struct Fiber*> waiting;
};

struct Fiber {
    Block* block;
    Warp* warp;
    Dim threadIdx, blockIdx;
    void* context[5];
    ucontext_t first;
    bool begun = false, ended = true;
};

struct Store {
    unsigned char* place;
    unsigned char value[16];
    int bytes;
    unsigned long long* barrier;
};

struct Machine {
    Fiber* running;
    void* scheduler[5];
    std::vector<Fiber*> ready;
    std::unordered_map<const void*, std::vector<Fiber*>> watchers;
    std::vector<Store> underWay;
    std::vector<Fiber*> atClusterBarrier;
    std::vector<Block> blocks;
    std::vector<std::unique_ptr<Fiber>> fibers;  // of the largest launch so far, for the next ones
    std::vector<char*> stacks;
    unsigned cluster, threads;
    unsigned long long clock;
    uint64_t random;
    std::function<void()> kernel;
};

inline Machine& machine() {
    static Machine machine;
    return machine;
}
inline Fiber& current() { return *machine().running; }

inline unsigned draw(unsigned below) {
    Machine& m = machine();
    m.random = m.random * 6364136223846793005ull + 1442695040888963407ull;
    return (unsigned) ((m.random >> 32) * below >> 32);
}

// The compiler's own jumps are a few instructions; those of the C library are a hundred.
__attribute__((noinline)) inline void jump(void** context) { __builtin_longjmp(context, 1); }

inline void deliver(size_t index);

/// The thread that goes on, or none when all wait. Mostly the latest woken: lanes that go together
/// stay in the cache.
inline Fiber* next() {
    Machine& m = machine();
    if (m.ready.empty()) return nullptr;
    unsigned dice = draw(64);
    if (dice < 4 && !m.underWay.empty()) deliver(draw((unsigned) m.underWay.size()));
    if (dice < 8) std::swap(m.ready[draw((unsigned) m.ready.size())], m.ready.back());
    Fiber* fiber = m.ready.back();
    m.ready.pop_back();
    return fiber;
}

[[noreturn]] inline void resume(Fiber* fiber) {
    machine().running = fiber;
    if (fiber->begun) jump(fiber->context);
    fiber->begun = true;
    setcontext(&fiber->first);
    abort();
}

[[noreturn]] inline void leave() {
    if (Fiber* fiber = next()) resume(fiber);
    jump(machine().scheduler);
    abort();
}

__attribute__((noinline)) inline void park() {
    if (__builtin_setjmp(current().context) == 0) leave();
}
inline void wake(std::vector<Fiber*>& waiting) {
    Machine& m = machine();
    m.ready.insert(m.ready.end(), waiting.begin(), waiting.end());
    waiting.clear();
}
/// Parks until what is at `place` changes.
inline void watch(const void* place) {
    machine().watchers[place].push_back(machine().running);
    park();
}
inline void changed(const void* place) {
    auto found = machine().watchers.find(place);
    if (found != machine().watchers.end()) wake(found->second);
}

// A barrier's 64 bits: arrivals still to come, bytes still to come, and the phase's parity.
struct Barrier {
    int bytes;
    short pending;
    short parity;
};
static_assert(sizeof(Barrier) == 8, "as the hardware has it");

inline void settle(unsigned long long* place) {
    Barrier* barrier = (Barrier*) place;
    if (barrier->pending > 0 || barrier->bytes != 0) return;
    barrier->pending = 1;
    barrier->parity ^= 1;
    changed(place);
}

inline void deliver(size_t index) {
    Machine& m = machine();
    Store store = m.underWay[index];
    m.underWay[index] = m.underWay.back();
    m.underWay.pop_back();
    memcpy(store.place, store.value, store.bytes);
    ((Barrier*) store.barrier)->bytes -= store.bytes;
    settle(store.barrier);
}

/// Meets the other lanes of the warp; the last to come does `work` for all.
template <class Work>
inline unsigned meet(Work work) {
    Fiber& fiber = current();
    Warp& warp = *fiber.warp;
    unsigned turn = warp.turn;
    if (++warp.arrived == 32) {
        work(turn & 1);
        warp.arrived = 0;
        warp.turn++;
        wake(warp.waiting);
    } else {
        warp.waiting.push_back(&fiber);
        park();
    }
    return turn & 1;
}

/// Runs one launch after the other: to make a fiber takes system calls, to wake one does not.
inline void begin() {
    for (;;) {
        machine().kernel();
        current().ended = true;
        park();
    }
}

/// So many fibers with their stacks; false when there is no memory for them.
inline bool provide(size_t count) {
    Machine& m = machine();
    while (m.fibers.size() < count) {
        size_t missing = count - m.fibers.size();
        char* stacks = (char*) mmap(
            nullptr, missing * STACK, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (stacks == MAP_FAILED) return false;
        for (size_t i = 0; i < missing; i++) {
            m.stacks.push_back(stacks + i * STACK);
            m.fibers.push_back(std::make_unique<Fiber>());
        }
    }
    return true;
}

/// Runs threads until all wait.
__attribute__((noinline)) inline void run() {
    if (__builtin_setjmp(machine().scheduler) == 0) leave();
}

/// Runs a whole grid. The result is a CUresult: 0, or 719 (launch failed) when a thread never ended.
inline int launch(
    unsigned grid, unsigned threads, unsigned cluster, unsigned bytes, std::function<void()> kernel) {
    static std::mutex one;  // launch at a time
    std::lock_guard<std::mutex> lock(one);
    Machine& m = machine();
    m.kernel = kernel;
    m.cluster = cluster;
    m.threads = threads;
    const char* seed = getenv("EMULATOR_SEED");
    m.random = m.random * 31 + (seed ? strtoull(seed, nullptr, 10) : 1);
    m.blocks = std::vector<Block>(grid);
    size_t count = (size_t) grid * threads;
    if (!provide(count)) return 2;  // out of memory
    for (unsigned b = 0; b < grid; b++) {
        Block& block = m.blocks[b];
        block.memory = (unsigned char*) aligned_alloc(1024, (bytes + 1023) / 1024 * 1024);
        memset(block.memory, 0xFF, bytes);  // not a number, in either precision
        block.rank = b % cluster;
        block.warps = std::make_unique<Warp[]>(threads / 32);
        for (unsigned t = 0; t < threads; t++) {
            size_t index = (size_t) b * threads + t;
            Fiber& fiber = *m.fibers[index];
            fiber.block = &block;
            fiber.warp = &block.warps[t / 32];
            fiber.threadIdx = {t};
            fiber.blockIdx = {b};
            if (!fiber.ended) fiber.begun = false;  // it was lost in a launch that failed
            fiber.ended = false;
            if (!fiber.begun) {
                getcontext(&fiber.first);
                fiber.first.uc_stack = {m.stacks[index], 0, STACK};
                fiber.first.uc_link = nullptr;
                makecontext(&fiber.first, begin, 0);
            }
            m.ready.push_back(&fiber);
        }
    }
    for (;;) {
        run();
        if (!m.underWay.empty()) {
            deliver(draw((unsigned) m.underWay.size()));
            continue;
        }
        // All wait for each other: time passes until the timeout.
        m.clock += 1000000000ull;
        for (auto& watched : m.watchers) wake(watched.second);
        if (m.ready.empty()) break;
    }
    bool all = std::all_of(m.fibers.begin(), m.fibers.begin() + count, [](auto& f) { return f->ended; });
    m.atClusterBarrier.clear();
    m.watchers.clear();
    for (Block& block : m.blocks) free(block.memory);
    m.blocks.clear();
    return all ? 0 : 719;
}

inline float fromHalf(unsigned short half) {
    unsigned exponent = half >> 10 & 31, mantissa = half & 1023;
    float value = exponent == 0    ? ldexpf(mantissa, -24)
                  : exponent == 31 ? (mantissa ? NAN : INFINITY)
                                   : ldexpf(1024 + mantissa, (int) exponent - 25);
    return half >> 15 ? -value : value;
}

inline const float* halfTable() {
    static const std::vector<float> table = [] {
        std::vector<float> all(65536);
        for (int i = 0; i < 65536; i++) all[i] = fromHalf((unsigned short) i);
        return all;
    }();
    return table.data();
}

/// Rounded to nearest, ties to even.
inline unsigned short toHalf(float value) {
    if (isnan(value)) return 0x7FFF;
    unsigned sign = signbit(value) ? 0x8000 : 0;
    float magnitude = fabsf(value);
    if (magnitude >= 65520) return (unsigned short) (sign | 0x7C00);
    int exponent = magnitude < 6.103515625e-05f ? -14 : ilogbf(magnitude);
    // In units of the last place; nearbyint rounds ties to even, and may carry into the exponent.
    unsigned units = (unsigned) nearbyintf(ldexpf(magnitude, 10 - exponent));
    return (unsigned short) (sign | (((exponent + 14) << 10) + units));
}

}  // namespace emulator

#define threadIdx (emulator::current().threadIdx)
#define blockIdx (emulator::current().blockIdx)

inline int lane() { return threadIdx.x & 31; }
inline int warp() { return threadIdx.x >> 5; }
inline void syncThreads() {
    emulator::Fiber& fiber = emulator::current();
    auto& waiting = fiber.block->waiting;
    if (waiting.size() + 1 == emulator::machine().threads) {
        emulator::wake(waiting);
    } else {
        waiting.push_back(&fiber);
        emulator::park();
    }
}
inline void syncWarp() {
    emulator::meet([](int) {});
}
inline float shuffleXor(float value, int mask) {
    int at = lane();
    emulator::Warp& warp = *emulator::current().warp;
    warp.values[warp.turn & 1][at] = value;
    return warp.values[emulator::meet([](int) {})][at ^ mask];
}
inline int __float_as_int(float value) {
    int bits;
    memcpy(&bits, &value, 4);
    return bits;
}
inline float __int_as_float(int bits) {
    float value;
    memcpy(&value, &bits, 4);
    return value;
}
inline int shuffleXor(int value, int mask) {
    return __float_as_int(shuffleXor(__int_as_float(value), mask));
}
inline float fastTanh(float x) { return tanhf(x); }
inline float divide(float a, float b) { return a / b; }
inline unsigned packHalves(float low, float high) {
    return emulator::toHalf(low) | (unsigned) emulator::toHalf(high) << 16;
}

inline void mma(float (&sum)[4], uint4 a, unsigned b0, unsigned b1) {
    int at = lane();
    emulator::Warp& warp = *emulator::current().warp;
    int turn = warp.turn & 1;
    warp.a[turn][at] = a;
    warp.b[turn][at][0] = b0;
    warp.b[turn][at][1] = b1;
    memcpy(warp.sums[turn][at], sum, sizeof(sum));
    emulator::meet([&](int turn) {
        const float* half = emulator::halfTable();
        float a[16][16], b[16][8];
        for (int g = 0; g < 8; g++) {
            for (int q = 0; q < 4; q++) {
                const uint4& u = warp.a[turn][4 * g + q];
                const unsigned* v = warp.b[turn][4 * g + q];
                const unsigned words[4] = {u.x, u.y, u.z, u.w};
                for (int i = 0; i < 4; i++) {
                    int row = g + i % 2 * 8, input = 2 * q + i / 2 * 8;
                    a[row][input] = half[words[i] & 0xFFFF];
                    a[row][input + 1] = half[words[i] >> 16];
                }
                for (int i = 0; i < 2; i++) {
                    b[2 * q + 8 * i][g] = half[v[i] & 0xFFFF];
                    b[2 * q + 8 * i + 1][g] = half[v[i] >> 16];
                }
            }
        }
        float c[16][8] = {};
        for (int row = 0; row < 16; row++)
            for (int input = 0; input < 16; input++)
                for (int column = 0; column < 8; column++) c[row][column] += a[row][input] * b[input][column];
        for (int g = 0; g < 8; g++)
            for (int q = 0; q < 4; q++)
                for (int i = 0; i < 4; i++)
                    warp.sums[turn][4 * g + q][i] += c[g + i / 2 * 8][2 * q + i % 2];
    });
    memcpy(sum, warp.sums[turn][at], sizeof(sum));
}

inline unsigned long long nanoseconds() { return emulator::machine().clock; }
inline int loadVolatile(const int* place) { return *(const volatile int*) place; }

inline void release(unsigned* flag, unsigned value) {
    if (messages_to_lose > 0 && messages_to_lose-- > 0) return;
    *flag = value;
    emulator::changed(flag);
}
inline bool acquire(const unsigned* flag, unsigned value) {
    if (*flag >= value) return true;
    emulator::watch(flag);
    return *flag >= value;
}

typedef unsigned char* Remote;

inline Remote remote(const void* place, int rank) {
    emulator::Block* own = emulator::current().block;
    return own[rank - (int) own->rank].memory + ((unsigned char*) place - own->memory);
}
template <class Value>
inline void storeRemote(Remote place, Value value, Remote barrier) {
    if (messages_to_lose > 0 && messages_to_lose-- > 0) return;
    emulator::Store store;
    store.place = place;
    store.bytes = sizeof(Value);
    store.barrier = (unsigned long long*) barrier;
    memcpy(store.value, &value, sizeof(Value));
    emulator::machine().underWay.push_back(store);
}
inline void initBarrier(unsigned long long* barrier) {
    *(emulator::Barrier*) barrier = {0, 1, 0};
}
inline void expectBytes(unsigned long long* barrier, int bytes) {
    emulator::Barrier* b = (emulator::Barrier*) barrier;
    if (b->pending != 1) abort();  // more arrivals than the barrier was made for
    b->pending = 0;
    b->bytes += bytes;
    emulator::settle(barrier);
}
inline bool phaseIsComplete(unsigned long long* barrier, int parity) {
    if (((emulator::Barrier*) barrier)->parity != parity) return true;
    emulator::watch(barrier);
    return ((emulator::Barrier*) barrier)->parity != parity;
}
inline void syncCluster() {
    auto& waiting = emulator::machine().atClusterBarrier;
    // One list for each cluster would do; all clusters at once is no stricter.
    if (waiting.size() + 1 == emulator::machine().blocks.size() * emulator::machine().threads) {
        emulator::wake(waiting);
    } else {
        waiting.push_back(&emulator::current());
        emulator::park();
    }
}
