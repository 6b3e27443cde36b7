// The device functions that are more than plain C++: each a line or two of PTX. The tests have another
// version of this file that emulates them on a processor.
#pragma once

#define GRID_CONSTANT __grid_constant__
#define KERNEL extern "C" __global__ void __launch_bounds__(THREADS_OF_BLOCK, 1)
#define SHARED_MEMORY(name) extern __shared__ uint4 name[]

/// The thread's index, opaque to the compiler. Otherwise it hoists hundreds of addresses and offsets that
/// depend on it out of the loop over ticks, and spills registers.
__device__ inline int thread() {
    int number = threadIdx.x;
    asm volatile("" : "+r"(number));
    return number;
}
__device__ inline int lane() { return thread() & 31; }
__device__ inline int warp() { return thread() >> 5; }
__device__ inline void syncThreads() { __syncthreads(); }
__device__ inline void syncWarp() { __syncwarp(); }
__device__ inline float shuffleXor(float value, int mask) {
    return __shfl_xor_sync(0xFFFFFFFF, value, mask);
}
__device__ inline int shuffleXor(int value, int mask) {
    return __shfl_xor_sync(0xFFFFFFFF, value, mask);
}

/// tanh within 2^-11: one instruction.
__device__ inline float fastTanh(float x) {
    asm("tanh.approx.f32 %0, %0;" : "+f"(x));
    return x;
}

/// a / b, rounded as IEEE 754 has it.
__device__ inline float divide(float a, float b) { return __fdiv_rn(a, b); }

/// Two numbers in binary16, the first in the lower half.
__device__ inline unsigned packHalves(float low, float high) {
    unsigned pair;
#if __CUDA_ARCH__ >= 800
    asm("cvt.rn.f16x2.f32 %0, %1, %2;" : "=r"(pair) : "f"(high), "f"(low));
#else
    asm("{ .reg .b16 l, h; cvt.rn.f16.f32 l, %1; cvt.rn.f16.f32 h, %2; mov.b32 %0, {l, h}; }"
        : "=r"(pair)
        : "f"(low), "f"(high));
#endif
    return pair;
}

/// sum += A B on the tensor cores: A is 16 outputs by 16 inputs, B 16 inputs by 8 columns, both in
/// binary16 spread over the warp as mma.m16n8k16 has them; the sums are float32.
__device__ inline void mma(float (&sum)[4], uint4 a, unsigned b0, unsigned b1) {
#if __CUDA_ARCH__ >= 800
    asm("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, "
        "{%8, %9}, {%0, %1, %2, %3};"
        : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
        : "r"(a.x), "r"(a.y), "r"(a.z), "r"(a.w), "r"(b0), "r"(b1));
#else
    asm("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5}, {%6}, "
        "{%0, %1, %2, %3};"
        : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
        : "r"(a.x), "r"(a.y), "r"(b0));
    asm("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5}, {%6}, "
        "{%0, %1, %2, %3};"
        : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
        : "r"(a.z), "r"(a.w), "r"(b1));
#endif
}

__device__ inline unsigned long long nanoseconds() {
    unsigned long long now;
    asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(now));
    return now;
}

/// A load that is not cached in a register: other threads may write there meanwhile.
__device__ inline int loadVolatile(const int* place) { return *(const volatile int*) place; }

// ---- between the blocks of a grid

/// Sets the flag after everything that this block wrote before its last barrier is visible.
__device__ inline void release(unsigned* flag, unsigned value) {
    __threadfence();
    asm volatile("st.release.gpu.global.u32 [%0], %1;" ::"l"(flag), "r"(value) : "memory");
}

/// Whether the flag has reached that value; if so, what was written before it is visible.
__device__ inline bool acquire(const unsigned* flag, unsigned value) {
    unsigned now;
    asm volatile("ld.acquire.gpu.global.u32 %0, [%1];" : "=r"(now) : "l"(flag) : "memory");
    return now >= value;
}

// ---- between the blocks of a cluster: mbarriers that count the bytes of a transaction

#if __CUDA_ARCH__ >= 900
__device__ inline unsigned sharedAddress(const void* place) {
    return (unsigned) __cvta_generic_to_shared(place);
}

typedef unsigned Remote;  // an address in the shared memory of another block

/// The corresponding place in the shared memory of the cluster's block of that rank.
__device__ inline Remote remote(const void* place, int rank) {
    Remote there;
    asm("mapa.shared::cluster.u32 %0, %1, %2;"
        : "=r"(there)
        : "r"(sharedAddress(place)), "r"(rank));
    return there;
}

/// Asynchronously stores to another block, whose barrier counts the bytes that arrive.
__device__ inline void storeRemote(Remote place, unsigned a, Remote barrier) {
    asm volatile(
        "st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.b32 [%0], %1, [%2];" ::"r"(place),
        "r"(a), "r"(barrier)
        : "memory");
}
__device__ inline void storeRemote(Remote place, uint2 v, Remote barrier) {
    asm volatile(
        "st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v2.b32 [%0], {%1, %2}, [%3];" ::
            "r"(place), "r"(v.x), "r"(v.y), "r"(barrier)
        : "memory");
}
__device__ inline void storeRemote(Remote place, uint4 v, Remote barrier) {
    asm volatile(
        "st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v4.b32 [%0], {%1, %2, %3, %4}, "
        "[%5];" ::"r"(place), "r"(v.x), "r"(v.y), "r"(v.z), "r"(v.w), "r"(barrier)
        : "memory");
}

/// Initializes a barrier whose phases complete with one arrival, by expectBytes, and its bytes.
__device__ inline void initBarrier(unsigned long long* barrier) {
    asm volatile("mbarrier.init.shared.b64 [%0], 1;" ::"r"(sharedAddress(barrier)) : "memory");
}
__device__ inline void expectBytes(unsigned long long* barrier, int bytes) {
    asm volatile("mbarrier.arrive.expect_tx.shared.b64 _, [%0], %1;" ::"r"(sharedAddress(barrier)),
                 "r"(bytes)
                 : "memory");
}
/// Whether the phase of that parity is complete; may suspend the thread briefly.
__device__ inline bool phaseIsComplete(unsigned long long* barrier, int parity) {
    unsigned over;
    asm volatile(
        "{ .reg .pred p; mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 p, [%1], %2; "
        "selp.u32 %0, 1, 0, p; }"
        : "=r"(over)
        : "r"(sharedAddress(barrier)), "r"(parity)
        : "memory");
    return over;
}
/// A barrier of all threads of the cluster, after which its mbarriers are visible to all.
__device__ inline void syncCluster() {
    asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
    asm volatile("barrier.cluster.arrive.aligned;" ::: "memory");
    asm volatile("barrier.cluster.wait.aligned;" ::: "memory");
}
#endif
