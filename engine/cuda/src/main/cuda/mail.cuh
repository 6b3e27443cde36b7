// How a block hands a tick on to another of its crew. Each has a mailbox for what comes in; a sender
// writes to «the same place» as in its own. A mailbox is written again only for the group's next
// tick, whose level is known only after every block has read the mail of this one: nobody need ask
// whether there is room.
#pragma once

/// What comes in, and is counted by a barrier or announced by a flag of its own.
enum Kind { LAYERS_IN, SKIP_IN, HIDDEN_IN, OUTPUT_IN, LEVEL_IN, KINDS };

struct alignas(16) Mail {
    // LAYERS_IN: the layer before the block's first
    Element x[COLUMNS * R_STRIDE];    // what went into it
    Element z[COLUMNS * G_STRIDE];    // what its gate let through
    float residual[R_TILES * SUMS];  // x again, in float32
    // SKIP_IN: the sum over the layers so far
    float skip[S_TILES * SUMS];
    // HIDDEN_IN: relu of that sum over all layers
    Element skipped[COLUMNS * S_STRIDE];
    // OUTPUT_IN: relu of the hidden product
    Element hidden[COLUMNS * A_STRIDE];
    // LEVEL_IN
    int level[8];

    unsigned long long barrier[KINDS];  // LINK_CLUSTER
    unsigned flag[8];                   // LINK_GRID: the latest tick that came in, from 1
};

__device__ constexpr int bytesOf(int kind) {
    return kind == LAYERS_IN   ? (int) (COLUMNS * (R + G) * sizeof(Element) + R_TILES * SUMS * 4)
           : kind == SKIP_IN   ? S_TILES * SUMS * 4
           : kind == HIDDEN_IN ? (int) (COLUMNS * S * sizeof(Element))
           : kind == OUTPUT_IN ? (int) (COLUMNS * A * sizeof(Element))
                               : COLUMNS * 4;
}

/// The mailboxes of one group as a block sees them.
struct Post {
    Mail* own;     // in shared memory
    Mail* others;  // LINK_GRID: what comes in for block 0 of the crew; the next block's is `apart` on
    int apart;
    int rank;      // of the block
    int* error;
};

constexpr unsigned long long PATIENCE = 2000000000ull;  // nanoseconds

/// Whether `there` comes true before patience ends. Once one wait has failed, no other waits: the
/// run goes on to its end with whatever there is, and the host is told.
template <class Condition>
__device__ inline void await(int* error, Condition there) {
    if (there()) return;
    unsigned long long start = nanoseconds();
    for (int spin = 1; !there(); spin++) {
        if (spin % 32 != 0) continue;  // to look at the clock takes longer than to look at the mail
        if (latest(error)) return;
        if (nanoseconds() - start > PATIENCE) {
            *(volatile int*) error = WAITED_IN_VAIN;
            return;
        }
    }
}

/// Writes `value` to that place, which is one in `post.own`, in the mailbox of another block.
template <class Value>
__device__ inline void put(const Post& post, int rank, int kind, Value* place, Value value) {
#if LINK == LINK_NONE
    *place = value;
#elif LINK == LINK_GRID
    size_t offset = (const char*) place - (const char*) post.own;
    *(Value*) ((char*) (post.others + rank * post.apart) + offset) = value;
#else
    Remote there = remote(place, rank);
    Remote barrier = remote(&post.own->barrier[kind], rank);
    if constexpr (sizeof(Value) == 4) storeRemote(there, *(unsigned*) &value, barrier);
    if constexpr (sizeof(Value) == 8) storeRemote(there, *(uint2*) &value, barrier);
    if constexpr (sizeof(Value) == 16) storeRemote(there, *(uint4*) &value, barrier);
#endif
}

/// Says that all of `kind` was put. The whole block calls it.
__device__ inline void send(const Post& post, int rank, int kind, int tick) {
#if LINK == LINK_GRID
    syncThreads();
    if (threadIdx.x == 0) release(&post.others[rank * post.apart].flag[kind], tick + 1);
#endif
}

/// Waits until all of `kind` is in `post.own`. The whole block calls it.
__device__ inline void receive(const Post& post, int kind, int tick) {
#if LINK == LINK_NONE
    syncThreads();
#elif LINK == LINK_CLUSTER
    await(post.error, [&] { return phaseIsOver(&post.own->barrier[kind], tick & 1); });
#else
    if (threadIdx.x == 0) {
        await(post.error, [&] { return acquire(&post.others[post.rank * post.apart].flag[kind], tick + 1); });
    }
    syncThreads();
    const Mail& from = post.others[post.rank * post.apart];
    const void* first = kind == LAYERS_IN   ? (const void*) from.x
                        : kind == SKIP_IN   ? (const void*) from.skip
                        : kind == HIDDEN_IN ? (const void*) from.skipped
                                            : (const void*) from.hidden;
    const void* end = kind == LAYERS_IN   ? (const void*) from.skip
                      : kind == SKIP_IN   ? (const void*) from.skipped
                      : kind == HIDDEN_IN ? (const void*) from.hidden
                                          : (const void*) from.level;
    if (kind == LEVEL_IN) return;  // read from where it was recorded
    size_t offset = (const char*) first - (const char*) &from;
    uint4* into = (uint4*) ((char*) post.own + offset);
    int units = (int) (((const char*) end - (const char*) first) / sizeof(uint4));
#pragma unroll 1
    for (int i = threadIdx.x; i < units; i += THREADS) into[i] = ((const uint4*) first)[i];
    syncThreads();
#endif
}

/// Puts a tile's sums into the skip sums or the residual of another block.
__device__ inline void putSums(
    const Post& post, int rank, int kind, float* sums, const float (&sum)[4]) {
    if (COLUMNS == 1) {
        if (quadOfLane() != 0) return;
        put(post, rank, kind, sums + outputOfLane(), sum[0]);
        put(post, rank, kind, sums + outputOfLane() + 8, sum[2]);
    } else {
        float4 v = make_float4(sum[0], sum[1], sum[2], sum[3]);
        put(post, rank, kind, (float4*) sums + lane(), v);
    }
}

/// Puts two neighbours into a vector of another block.
__device__ inline void putPair(
    const Post& post, int rank, int kind, Element* vector, int stride, int output, Neighbours n) {
    if (n.column >= COLUMNS) return;
    Pair* place = (Pair*) (vector + n.column * stride + output + n.output);
    put(post, rank, kind, place, n.pair);
}

/// Puts a tile's sums, those below zero as zero, into a vector of another block.
__device__ inline void putRelu(
    const Post& post, int rank, int kind, Element* vector, int stride, int output,
    const float (&sum)[4]) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
        Neighbours n = neighbours(fmaxf(sum[2 * half], 0.f), fmaxf(sum[2 * half + 1], 0.f));
        putPair(post, rank, kind, vector, stride, output + 8 * half, n);
    }
}

/// Readies this block for the first tick of so many groups.
///
/// kinds: what it receives, a bit for each
__device__ inline void openMail(Mail* mails, int groups, int kinds) {
#if LINK == LINK_CLUSTER
    if (threadIdx.x == 0) {
#pragma unroll 1
        for (int g = 0; g < groups; g++) {
#pragma unroll 1
            for (int kind = 0; kind < KINDS; kind++) {
                startBarrier(&mails[g].barrier[kind]);
                if (kinds >> kind & 1) expectBytes(&mails[g].barrier[kind], bytesOf(kind));
            }
        }
    }
    syncCluster();
#else
    syncThreads();
#endif
}

/// Readies this block for the group's next tick. Not before all of its threads have seen that the
/// mail of this one is there: they tell one tick from the next by parity alone.
__device__ inline void expectMail(const Post& post, int kinds) {
#if LINK == LINK_CLUSTER
    // After a wait in vain a barrier is still at the phase before.
    if (threadIdx.x == 0 && !latest(post.error)) {
#pragma unroll 1
        for (int kind = 0; kind < KINDS; kind++) {
            if (kinds >> kind & 1) expectBytes(&post.own->barrier[kind], bytesOf(kind));
        }
    }
#endif
}

/// No block of a cluster leaves while another may still write to it.
__device__ inline void closeMail() {
#if LINK == LINK_CLUSTER
    syncCluster();
#endif
}
