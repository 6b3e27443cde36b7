// Micro-kernels that measure the latencies on which the kernel's design rests. Each is a chain of
// dependent rounds; the test LatenciesTest launches them and divides.
#include "device.cuh"

struct Probe {
    long long* result;    // cycles and nanoseconds of all rounds
    unsigned* memory;     // 16 KiB of zeros
    int rounds;
};

#define PROBE(name) extern "C" __global__ void name(const GRID_CONSTANT Probe p)

constexpr int MOST_POLLS = 1 << 22;  // bounds each wait

/// Times the rounds after a warm-up. Every thread runs them; the first thread's times count.
template <class Round>
__device__ __forceinline__ void timed(const Probe& p, Round round) {
    int i = 0;
#pragma unroll 1
    for (; i < p.rounds / 8; i++) round(i);
    unsigned long long nanos = nanoseconds();
    long long cycles = clock64();
#pragma unroll 1
    for (; i < p.rounds / 8 + p.rounds; i++) round(i);
    cycles = clock64() - cycles;
    nanos = nanoseconds() - nanos;
    if (threadIdx.x == 0 && blockIdx.x == 0) {
        p.result[0] = cycles;
        p.result[1] = (long long) nanos;
    }
}

/// Makes the compiler compute a value that is not used.
__device__ inline void keepAlive(const Probe& p, unsigned value) {
    if (value == 0xFFFFFFFF) p.memory[64 + threadIdx.x] = value;
}

PROBE(shared_load) {
    __shared__ unsigned ring[32];
    unsigned base = (unsigned) __cvta_generic_to_shared(ring);
    ring[lane()] = base + (lane() + 1) % 32 * 4;
    __syncwarp();
    unsigned at = base + lane() * 4;
    timed(p, [&](int) { asm volatile("ld.shared.u32 %0, [%0];" : "+r"(at)); });
    keepAlive(p, at == 1 ? 0xFFFFFFFF : 0);
}

PROBE(shuffle) {
    int value = lane();
    timed(p, [&](int) { value = shuffleXor(value, 1); });
    keepAlive(p, value < 0 ? 0xFFFFFFFF : 0);
}

PROBE(block_barrier) {
    timed(p, [&](int) { syncThreads(); });
}

PROBE(mma_chain) {
    float sum[4] = {};
    unsigned seed = p.memory[lane()];  // zero, which the compiler cannot know
    uint4 a = make_uint4(seed, seed, seed, seed);
    timed(p, [&](int) { mma(sum, a, seed, seed); });
    keepAlive(p, sum[0] + sum[1] + sum[2] + sum[3] != 0 ? 0xFFFFFFFF : 0);
}

PROBE(tanh_chain) {
    float value = 1 + (float) lane();
    timed(p, [&](int) { value = fastTanh(value); });
    keepAlive(p, value > 2 ? 0xFFFFFFFF : 0);
}

PROBE(l2_load) {
    constexpr int PLACES = 64;  // 128 bytes apart
    unsigned long long* ring = (unsigned long long*) p.memory;
    if (lane() == 0) {
        for (int i = 0; i < PLACES; i++) {
            ring[i * 16] = (unsigned long long) (ring + (i + 1) % PLACES * 16);
        }
    }
    __threadfence();
    __syncwarp();
    unsigned long long at = (unsigned long long) ring;
    timed(p, [&](int) { asm volatile("ld.global.cg.u64 %0, [%0];" : "+l"(at)); });
    keepAlive(p, at == 1 ? 0xFFFFFFFF : 0);
}

/// Two blocks in turn: each waits for the other's flag and answers by its own.
PROBE(l2_flag) {
    if (threadIdx.x != 0) return;
    unsigned* own = p.memory + 1024 * blockIdx.x;
    unsigned* other = p.memory + 1024 * (1 - blockIdx.x);
    auto wait = [&](int i) {
        for (int polls = 0; polls < MOST_POLLS && !acquire(own, i + 1); polls++) {}
    };
    timed(p, [&](int i) {
        if (blockIdx.x == 1) wait(i);
        release(other, i + 1);
        if (blockIdx.x == 0) wait(i);
    });
}

#if __CUDA_ARCH__ >= 900
/// Two blocks of a cluster in turn, through each other's shared memory.
PROBE(cluster_store) {
    __shared__ unsigned mailbox;
    __shared__ unsigned long long barrier;
    if (threadIdx.x == 0) {
        initBarrier(&barrier);
        expectBytes(&barrier, 4);
    }
    syncCluster();
    if (threadIdx.x == 0) {
        int rank = blockIdx.x;
        Remote place = remote(&mailbox, 1 - rank);
        Remote remoteBarrier = remote(&barrier, 1 - rank);
        auto wait = [&](int i) {
            for (int polls = 0; polls < MOST_POLLS && !phaseIsComplete(&barrier, i & 1); polls++) {}
            expectBytes(&barrier, 4);
        };
        timed(p, [&](int i) {
            if (rank == 1) wait(i);
            storeRemote(place, (unsigned) i, remoteBarrier);
            if (rank == 0) wait(i);
        });
    }
    syncCluster();
}
#endif
