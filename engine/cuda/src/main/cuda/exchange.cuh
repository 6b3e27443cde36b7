// How the blocks of a pipeline exchange vectors: each has a mailbox, into which the blocks before it
// write (one-sided puts), and for each kind of message a barrier or a flag that signals that all of it
// is there. A mailbox is overwritten only in the group's next tick, whose level is known only after
// every block has read this tick's messages; so there is no flow control.
#pragma once

/// The kinds of message; each has a barrier and a flag of its own.
enum Message { LAYERS_IN, SKIP_IN, HIDDEN_IN, OUTPUT_IN, LEVEL_IN, MESSAGES };

struct alignas(16) Mailbox {
    // LAYERS_IN: of the last layer of the block before
    Element x[COLUMNS * R_STRIDE];   // its input
    Element z[COLUMNS * G_STRIDE];   // its gated activation
    float residual[R_TILES * SUMS];  // x in float32
    // SKIP_IN: the sum over the layers so far
    float skip[S_TILES * SUMS];
    // HIDDEN_IN: relu of that sum over all layers
    Element skipped[COLUMNS * S_STRIDE];
    // OUTPUT_IN: relu of the hidden product
    Element hidden[COLUMNS * A_STRIDE];
    // LEVEL_IN
    int level[8];

    unsigned long long barrier[MESSAGES];  // LINK_CLUSTER
    unsigned flag[8];                      // LINK_GRID: the latest tick that is complete, from 1
};

__device__ constexpr int messageBytes(int message) {
    return message == LAYERS_IN   ? (int) (COLUMNS * (R + G) * sizeof(Element) + R_TILES * SUMS * 4)
           : message == SKIP_IN   ? S_TILES * SUMS * 4
           : message == HIDDEN_IN ? (int) (COLUMNS * S * sizeof(Element))
           : message == OUTPUT_IN ? (int) (COLUMNS * A * sizeof(Element))
                               : COLUMNS * 4;
}

/// A block's access to the mailboxes of one group.
struct Exchange {
    Mailbox* own;       // in shared memory
    Mailbox* others;    // LINK_GRID: in global memory, that of block 0 of the pipeline
    int mailboxStride;  // LINK_GRID: from one block's mailbox to the next block's
    int rank;           // of the block in its pipeline
    int* error;
    unsigned long long patience;  // nanoseconds
};

/// Spins until `ready` is true or the patience is over. After one timeout no other wait spins: the run
/// ends quickly, its levels are void, and the host reads the error.
template <class Condition>
__device__ inline void spinUntil(const Exchange& exchange, Condition ready) {
    if (ready()) return;
    unsigned long long start = nanoseconds();
    for (int spin = 1; !ready(); spin++) {
        if (spin % 32 != 0) continue;  // reading the clock is slower than reading a flag
        if (loadVolatile(exchange.error)) return;
        if (nanoseconds() - start > exchange.patience) {
            *(volatile int*) exchange.error = TIMED_OUT;
            return;
        }
    }
}

/// Writes `value` into another block's mailbox.
///
/// place: the corresponding place in `exchange.own`
template <class Value>
__device__ inline void put(const Exchange& exchange, int rank, int message, Value* place, Value value) {
#if LINK == LINK_NONE
    *place = value;
#elif LINK == LINK_GRID
    size_t offset = (const char*) place - (const char*) exchange.own;
    *(Value*) ((char*) (exchange.others + rank * exchange.mailboxStride) + offset) = value;
#else
    Remote there = remote(place, rank);
    Remote barrier = remote(&exchange.own->barrier[message], rank);
    if constexpr (sizeof(Value) == 4) storeRemote(there, *(unsigned*) &value, barrier);
    if constexpr (sizeof(Value) == 8) storeRemote(there, *(uint2*) &value, barrier);
    if constexpr (sizeof(Value) == 16) storeRemote(there, *(uint4*) &value, barrier);
#endif
}

/// Signals that all of `message` was put. All threads of the block call it.
__device__ inline void signal(const Exchange& exchange, int rank, int message, int tick) {
#if LINK == LINK_GRID
    syncThreads();
    if (threadIdx.x == 0) release(&exchange.others[rank * exchange.mailboxStride].flag[message], tick + 1);
#endif
}

/// Waits until all of `message` is in `exchange.own`. All threads of the block call it.
__device__ inline void waitFor(const Exchange& exchange, int message, int tick) {
#if LINK == LINK_NONE
    syncThreads();
#elif LINK == LINK_CLUSTER
    spinUntil(exchange, [&] { return phaseIsComplete(&exchange.own->barrier[message], tick & 1); });
#else
    if (threadIdx.x == 0) {
        spinUntil(exchange, [&] { return acquire(&exchange.others[exchange.rank * exchange.mailboxStride].flag[message], tick + 1); });
    }
    syncThreads();
    const Mailbox& from = exchange.others[exchange.rank * exchange.mailboxStride];
    const void* first = message == LAYERS_IN   ? (const void*) from.x
                        : message == SKIP_IN   ? (const void*) from.skip
                        : message == HIDDEN_IN ? (const void*) from.skipped
                                            : (const void*) from.hidden;
    const void* end = message == LAYERS_IN   ? (const void*) from.skip
                      : message == SKIP_IN   ? (const void*) from.skipped
                      : message == HIDDEN_IN ? (const void*) from.hidden
                                          : (const void*) from.level;
    if (message == LEVEL_IN) return;  // layer 0 reads it from run.takes
    size_t offset = (const char*) first - (const char*) &from;
    uint4* into = (uint4*) ((char*) exchange.own + offset);
    int units = (int) (((const char*) end - (const char*) first) / sizeof(uint4));
#pragma unroll 1
    for (int i = threadIdx.x; i < units; i += THREADS) into[i] = ((const uint4*) first)[i];
    syncThreads();
#endif
}

/// Puts a tile's sums into the skip sums or the residual of another block.
__device__ inline void putSums(
    const Exchange& exchange, int rank, int message, float* sums, const float (&sum)[4]) {
    if (COLUMNS == 1) {
        if (quadOfLane() != 0) return;
        put(exchange, rank, message, sums + outputOfLane(), sum[0]);
        put(exchange, rank, message, sums + outputOfLane() + 8, sum[2]);
    } else {
        float4 v = make_float4(sum[0], sum[1], sum[2], sum[3]);
        put(exchange, rank, message, (float4*) sums + lane(), v);
    }
}

/// Puts two adjacent outputs into a vector of another block.
__device__ inline void putPair(
    const Exchange& exchange, int rank, int message, Element* vector, int stride, int output, Neighbours n) {
    if (n.column >= COLUMNS) return;
    Pair* place = (Pair*) (vector + n.column * stride + output + n.output);
    put(exchange, rank, message, place, n.pair);
}

/// Puts relu of a tile's sums into a vector of another block.
__device__ inline void putRelu(
    const Exchange& exchange, int rank, int message, Element* vector, int stride, int output,
    const float (&sum)[4]) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
        Neighbours n = neighbours(fmaxf(sum[2 * half], 0.f), fmaxf(sum[2 * half + 1], 0.f));
        putPair(exchange, rank, message, vector, stride, output + 8 * half, n);
    }
}

/// Initializes the block's barriers for the first tick of so many groups.
///
/// messages: a bit for each that the block receives
__device__ inline void initBarriers(Mailbox* mailboxes, int groups, int messages) {
#if LINK == LINK_CLUSTER
    if (threadIdx.x == 0) {
#pragma unroll 1
        for (int g = 0; g < groups; g++) {
#pragma unroll 1
            for (int message = 0; message < MESSAGES; message++) {
                initBarrier(&mailboxes[g].barrier[message]);
                if (messages >> message & 1) expectBytes(&mailboxes[g].barrier[message], messageBytes(message));
            }
        }
    }
    syncCluster();
#else
    syncThreads();
#endif
}

/// Arms the block's barriers for the group's next tick. To be called only after all threads of the block
/// have seen this tick's phases complete, as phases are told apart by their parity alone.
__device__ inline void rearmBarriers(const Exchange& exchange, int messages) {
#if LINK == LINK_CLUSTER
    // After a timeout a barrier is still in the phase before.
    if (threadIdx.x == 0 && !loadVolatile(exchange.error)) {
#pragma unroll 1
        for (int message = 0; message < MESSAGES; message++) {
            if (messages >> message & 1) expectBytes(&exchange.own->barrier[message], messageBytes(message));
        }
    }
#endif
}

/// Keeps each block's shared memory alive until no other block of the cluster writes to it.
__device__ inline void syncBeforeExit() {
#if LINK == LINK_CLUSTER
    syncCluster();
#endif
}
