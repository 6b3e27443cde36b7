// A WaveNet that speaks: one launch runs many ticks of many streams, and nothing leaves the card
// between them but the levels.
//
// Letters as in the paper and the design: R residual, G gate, S skip, A head channels, Q levels.
// COLUMNS streams (1 or 8) go through each product together and are a group. Blocks in a row are a
// crew: each has a few layers, or the hidden or the output product of the head, and hands the tick on
// to the next; the last picks the levels and hands them to the first. With several groups a crew has
// one of them in each block at a time.
//
// What a layer does, one product deep. In the paper's letters layer l has
//     h = W x_l + past,   z_l = tanh(filter of h) * sigmoid(gate of h),   x_{l+1} = x_l + V_l z_l,
// two products in a row, W after V. With x_l written out, h = W x_{l-1} + (W V_{l-1}) z_{l-1} + past,
// and W V_{l-1} multiplied out beforehand, a layer needs only x_{l-1} and z_{l-1}: h and x_l are
// formed side by side. `past` (older taps, biases, labels) was summed after the tick before.
#include <device.cuh>  // or its twin

#include "run.cuh"
#include "product.cuh"
#include "mail.cuh"
#include "pick.cuh"

// A warp that has one tile at most of each kind may keep its weights in registers for the whole run,
// 16 bytes in each of so many units; then all that it reads for a tick is the vectors.
constexpr int KEPT_UNITS = 16;
constexpr bool KEEP_LAYERS = !STRICT && GATE_TILES + R_TILES <= WARPS && LAYERS * GATE_TILE_UNITS <= KEPT_UNITS;
constexpr int UNROLLED_LAYERS = KEEP_LAYERS ? LAYERS : 1;  // as registers have no index
// In a row the two products of the head have a block each; a block alone has no registers for both.
constexpr bool KEEP_HEAD = !STRICT && LINK != LINK_NONE;
constexpr bool KEEP_HIDDEN = KEEP_HEAD && A_TILES <= WARPS && S_UNITS <= KEPT_UNITS;
constexpr bool KEEP_OUTPUT = KEEP_HEAD && Q_TILES <= WARPS && A_UNITS <= KEPT_UNITS;

/// A block's share of the network.
struct Share {
    int rank;              // in its crew
    int from, to;          // its layers
    bool hidden, output;   // whether it has these products of the head
    int next;              // rank of the block that its skip sums go to
    int receives;          // what it receives: a bit for each Kind
    const uint4* weights;  // of its layers, then of its part of the head
    int layerUnits;        // of each layer
};

/// What a block has in its shared memory, before its mailboxes and its weights.
struct alignas(16) Shared {
    Element x[2][COLUMNS * R_STRIDE];      // what goes into a layer, by turns
    Element z[LAYERS][COLUMNS * G_STRIDE]; // what each of the block's gates let through
    Element silence[COLUMNS * G_STRIDE];   // zero: what comes through before the first layer
    float residual[R_TILES * SUMS];        // x in float32
    float logits[COLUMNS * Q];
    PickScratch scratch[COLUMNS];
    Share share;                           // here as registers are few
};

/// Finds out a block's share and brings its weights to shared memory, where there is room for them.
__device__ void shareOut(const Run& run, Shared& shared, uint4* resident) {
    Share share;
    share.rank = blockIdx.x % run.blocks;
    share.from = min(share.rank * LAYERS, run.layers);
    share.to = min(share.from + LAYERS, run.layers);
    share.hidden = share.rank == run.hiddenRank;
    share.output = share.rank == run.outputRank;
    share.next = share.to < run.layers ? share.rank + 1 : run.hiddenRank;
    share.layerUnits = PAST_AT + run.pastTaps * UNITS_OF_PAST_TAP;
    share.receives = share.hidden << HIDDEN_IN | share.output << OUTPUT_IN;
    if (share.from < share.to) {
        share.receives |= share.from == 0 ? 1 << LEVEL_IN : 1 << LAYERS_IN | 1 << SKIP_IN;
    }
    int layers = (share.to - share.from) * share.layerUnits;
    int head = (share.hidden ? HIDDEN_UNITS : 0) + (share.output ? OUTPUT_UNITS : 0);
    const uint4* fromLayers = run.weights + (size_t) share.from * share.layerUnits;
    const uint4* fromHead =
        run.weights + (size_t) run.layers * share.layerUnits + (share.hidden ? 0 : HIDDEN_UNITS);
    // A block has layers or a part of the head, or it has all, and they follow each other.
    share.weights = layers > 0 ? fromLayers : fromHead;
    if (layers + head <= run.residentUnits) {
#pragma unroll 1
        for (int i = threadIdx.x; i < layers; i += THREADS) resident[i] = fromLayers[i];
#pragma unroll 1
        for (int i = threadIdx.x; i < head; i += THREADS) resident[layers + i] = fromHead[i];
        share.weights = resident;
    }
    if (threadIdx.x == 0) shared.share = share;
    syncThreads();
}

/// Fills the registers of each warp with the weights of its tile.
__device__ __forceinline__ void keep(const Share& share, uint4 (&kept)[KEPT_UNITS]) {
    const uint4* weights = share.weights + lane();
    if (KEEP_LAYERS && share.from < share.to) {
#pragma unroll
        for (int l = 0; l < LAYERS; l++) {
            if (share.from + l >= share.to) break;
            bool gate = warp() < GATE_TILES;
            if (warp() >= GATE_TILES + R_TILES) break;
            const uint4* tile = weights + l * share.layerUnits +
                (gate ? warp() * GATE_TILE_UNITS * 32 : RESIDUAL_AT + (warp() - GATE_TILES) * G_UNITS * 32);
#pragma unroll
            for (int u = 0; u < GATE_TILE_UNITS; u++) {
                if (gate || u < G_UNITS) kept[l * GATE_TILE_UNITS + u] = tile[u * 32];
            }
        }
    }
    if (KEEP_HIDDEN && share.hidden && warp() < A_TILES) {
#pragma unroll
        for (int u = 0; u < S_UNITS; u++) kept[u] = weights[(warp() * S_UNITS + u) * 32];
    }
    if (KEEP_OUTPUT && share.output && warp() < Q_TILES) {
#pragma unroll
        for (int u = 0; u < A_UNITS; u++) kept[u] = weights[(warp() * A_UNITS + u) * 32];
    }
}

/// One group of streams as a block sees it.
struct Group {
    int number;
    Post post;
};

__device__ inline int groupsOfCrew(const Run& run) { return (run.groups + run.crews - 1) / run.crews; }

__device__ Group groupOf(const Run& run, const Share& share, Mail* mails, int index) {
    Group group;
    int crew = blockIdx.x / run.blocks;
    group.number = crew + index * run.crews;
    group.post.own = mails + (LINK == LINK_CLUSTER ? index : 0);
    group.post.others = run.mail + (crew * run.blocks * groupsOfCrew(run) + index);
    group.post.apart = groupsOfCrew(run);
    group.post.rank = share.rank;
    group.post.error = run.error;
    return group;
}

/// What belongs to the streams of a group: computed where it is needed, as registers are few.
__device__ inline const Voice& voiceOf(const Run& run, const Group& group, int column) {
    return run.voices[group.number * COLUMNS + column];
}
__device__ inline int* takeOf(const Run& run, const Group& group, int column) {
    return run.takes + (size_t) (group.number * COLUMNS + column) * run.ticks;
}
__device__ inline float* logitsOf(const Run& run, const Group& group) {
    return run.logits + (size_t) group.number * COLUMNS * Q;
}

/// x of layer 0: the embedding of the tick's levels.
__device__ void embed(const Run& run, const Group& group, Shared& shared, int tick) {
#pragma unroll 1
    for (int tile = warp(); tile < R_TILES; tile += WARPS) {
        float sum[4];
#pragma unroll
        for (int i = 0; i < 2; i++) {
            int column = COLUMNS == 1 ? 0 : 2 * quadOfLane() + i;
            int level = 0;
            if (voiceOf(run, group, column).active) {
                level = LINK == LINK_CLUSTER ? group.post.own->level[column]
                                             : takeOf(run, group, column)[tick];
            }
            const float* row = run.embedding + (size_t) level * R + tile * TILE;
            sum[i] = row[outputOfLane()];
            sum[i + 2] = row[outputOfLane() + 8];
        }
        storeSums(shared.residual + tile * SUMS, sum);
        storePair(shared.x[1], R_STRIDE, tile * TILE, neighbours(sum[0], sum[1]));
        storePair(shared.x[1], R_STRIDE, tile * TILE + 8, neighbours(sum[2], sum[3]));
    }
    syncThreads();
}

/// Where a lane's sums of a tile of the gate are kept.
__device__ inline size_t pastAt(const Run& run, const Group& group, int layer, int tile) {
    return (((size_t) group.number * run.layers + layer) * GATE_TILES + tile) * 32 + lane();
}

/// Where a layer's x of that tick stands in its delay line.
__device__ inline Element* delayed(
    const Run& run, const Group& group, int layer, int column, unsigned long long time) {
    int first = run.lines[2 * layer];
    int length = run.lines[2 * layer + 1];
    int slot = first + (int) (time % length);
    return run.delayLines + (((size_t) group.number * run.slots + slot) * COLUMNS + column) * R;
}

/// The layers of the block, one after the other: z and x of each from those of the one before.
__device__ __forceinline__ void throughLayers(
    const Run& run, const Share& share, const Group& group, Shared& shared,
    const uint4 (&kept)[KEPT_UNITS], int tick) {
    const Mail& mail = *group.post.own;
    bool passesOn = share.to < run.layers;
    const Element* x = share.from == 0 ? shared.x[1] : mail.x;
    const Element* z = share.from == 0 ? shared.silence : mail.z;
#pragma unroll UNROLLED_LAYERS
    for (int l = 0; l < LAYERS; l++) {
        int layer = share.from + l;
        if (layer >= share.to) break;
        const uint4* weights = share.weights + l * share.layerUnits + lane();
        bool last = passesOn && layer == share.to - 1;
        Element* nextX = shared.x[l & 1];
        Element* nextZ = shared.z[l];
        auto columnOfX = [&](int column) { return x + column * R_STRIDE; };
        auto columnOfZ = [&](int column) { return z + column * G_STRIDE; };
#pragma unroll 1
        for (int tile = warp(); tile < GATE_TILES + R_TILES; tile += WARPS) {
            if (tile < GATE_TILES) {
                const uint4* units = weights + tile * GATE_TILE_UNITS * 32;
                auto weight = [&](int u) {
                    return KEEP_LAYERS ? kept[l * GATE_TILE_UNITS + u] : units[u * 32];
                };
                float4 past = run.past[pastAt(run, group, layer, tile)];
                float h[4] = {past.x, past.y, past.z, past.w};
                float ofZ[4] = {};
                product<R, KEEP_LAYERS>(h, columnOfX, weight);
                product<G, KEEP_LAYERS>(ofZ, columnOfZ, [&](int u) { return weight(R_UNITS + u); });
                Neighbours n = neighbours(
                    gated(h[0] + ofZ[0], h[2] + ofZ[2]), gated(h[1] + ofZ[1], h[3] + ofZ[3]));
                storePair(nextZ, G_STRIDE, tile * 8, n);
                if (last) {
                    putPair(group.post, share.rank + 1, LAYERS_IN, group.post.own->z, G_STRIDE, tile * 8, n);
                }
            } else {
                int r = tile - GATE_TILES;
                const uint4* units = weights + RESIDUAL_AT + r * G_UNITS * 32;
                float* residual = shared.residual + r * SUMS;
                float sum[4];
                loadSums(sum, l == 0 && share.from > 0 ? mail.residual + r * SUMS : residual);
                product<G, KEEP_LAYERS>(sum, columnOfZ, [&](int u) {
                    return KEEP_LAYERS ? kept[l * GATE_TILE_UNITS + u] : units[u * 32];
                });
                addBias(sum, run.residualBiases + (size_t) layer * R + r * TILE);
                storeSums(residual, sum);
                if (last) putSums(group.post, share.rank + 1, LAYERS_IN, group.post.own->residual + r * SUMS, sum);
#pragma unroll
                for (int half = 0; half < 2; half++) {
                    int output = r * TILE + 8 * half;
                    Neighbours n = neighbours(sum[2 * half], sum[2 * half + 1]);
                    storePair(nextX, R_STRIDE, output, n);
                    if (last) {
                        putPair(group.post, share.rank + 1, LAYERS_IN, group.post.own->x, R_STRIDE, output, n);
                    }
                    if (run.pastTaps == 0 || n.column >= COLUMNS) continue;
                    const Voice& voice = voiceOf(run, group, n.column);
                    if (!voice.active) continue;
                    Element* line = delayed(run, group, layer, n.column, voice.time + tick);
                    *(Pair*) (line + output + n.output) = n.pair;
                }
            }
        }
        x = nextX;
        z = nextZ;
        syncThreads();
    }
}

/// Adds the block's layers to the skip sums; after the last layer they go to the hidden product.
__device__ void addSkips(const Run& run, const Share& share, const Group& group, Shared& shared) {
#pragma unroll 1
    for (int tile = warp(); tile < S_TILES; tile += WARPS) {
        float sum[4] = {};
        if (share.from == 0) {
            addBias(sum, run.skipBias + tile * TILE);
        } else {
            loadSums(sum, group.post.own->skip + tile * SUMS);
        }
    #pragma unroll 1
    for (int l = 0; l < share.to - share.from; l++) {
            const uint4* units = share.weights + l * share.layerUnits + SKIP_AT + tile * G_UNITS * 32 + lane();
            product<G>(
                sum, [&](int column) { return shared.z[l] + column * G_STRIDE; },
                [&](int u) { return units[u * 32]; });
        }
        if (share.to < run.layers) {
            putSums(group.post, share.next, SKIP_IN, group.post.own->skip + tile * SUMS, sum);
        } else {
            putRelu(group.post, share.next, HIDDEN_IN, group.post.own->skipped, S_STRIDE, tile * TILE, sum);
        }
    }
}

/// Sums what is known of the next tick's h: biases, labels, older taps. `done` ticks of this run are
/// behind. Each lane writes and reads its own sums only.
__device__ void formPast(const Run& run, const Share& share, const Group& group, int done) {
#pragma unroll 1
    for (int tile = warp(); tile < GATE_TILES; tile += WARPS) {
#pragma unroll 1
        for (int layer = share.from; layer < share.to; layer++) {
            float4 condition = run.conditions[pastAt(run, group, layer, tile)];
            float sum[4] = {condition.x, condition.y, condition.z, condition.w};
            const uint4* units = share.weights + (layer - share.from) * share.layerUnits + PAST_AT +
                tile * run.pastTaps * R_UNITS * 32 + lane();
#pragma unroll 1
            for (int tap = 0; tap < run.pastTaps; tap++) {  // the oldest first
                int age = run.lines[2 * layer + 1] / run.pastTaps * (run.pastTaps - tap);
                product<R>(
                    sum,
                    [&](int column) {
                        const Voice& voice = voiceOf(run, group, column);
                        unsigned long long time = voice.time + (voice.active ? done : 0);
                        // A line's length more keeps the first ticks of all above zero.
                        return delayed(run, group, layer, column, time + run.lines[2 * layer + 1] - age);
                    },
                    [&](int u) { return units[(tap * R_UNITS + u) * 32]; });
            }
            run.past[pastAt(run, group, layer, tile)] = make_float4(sum[0], sum[1], sum[2], sum[3]);
        }
    }
}

/// relu(skip) -> A
__device__ __forceinline__ void throughHidden(
    const Run& run, const Share& share, const Group& group, const uint4 (&kept)[KEPT_UNITS]) {
    const uint4* weights = share.weights + (share.to - share.from) * share.layerUnits + lane();
#pragma unroll 1
    for (int tile = warp(); tile < A_TILES; tile += WARPS) {
        float sum[4] = {};
        addBias(sum, run.hiddenBias + tile * TILE);
        product<S, KEEP_HIDDEN>(
            sum, [&](int column) { return group.post.own->skipped + column * S_STRIDE; },
            [&](int u) { return KEEP_HIDDEN ? kept[u] : weights[(tile * S_UNITS + u) * 32]; });
        putRelu(group.post, run.outputRank, OUTPUT_IN, group.post.own->hidden, A_STRIDE, tile * TILE, sum);
    }
}

/// relu(hidden) -> Q
__device__ __forceinline__ void throughOutput(
    const Run& run, const Share& share, const Group& group, Shared& shared,
    const uint4 (&kept)[KEPT_UNITS]) {
    const uint4* weights = share.weights + (share.to - share.from) * share.layerUnits +
        (share.hidden ? HIDDEN_UNITS : 0) + lane();
#pragma unroll 1
    for (int tile = warp(); tile < Q_TILES; tile += WARPS) {
        float sum[4] = {};
        addBias(sum, run.outputBias + tile * TILE);
        product<A, KEEP_OUTPUT>(
            sum, [&](int column) { return group.post.own->hidden + column * A_STRIDE; },
            [&](int u) { return KEEP_OUTPUT ? kept[u] : weights[(tile * A_UNITS + u) * 32]; });
#pragma unroll
        for (int i = 0; i < 4; i++) {
            int column = 2 * quadOfLane() + i % 2;
            if (column < COLUMNS) {
                shared.logits[column * Q + tile * TILE + outputOfLane() + i / 2 * 8] = sum[i];
            }
        }
    }
    syncThreads();
}

/// The levels of that tick, drawn from the logits or as they were given, on their way to layer 0.
__device__ void nextLevels(const Run& run, const Group& group, Shared& shared, int tick) {
#pragma unroll 1
    for (int column = warp(); column < COLUMNS; column += WARPS) {
        const Voice& voice = voiceOf(run, group, column);
        int* place = takeOf(run, group, column) + tick;
        int level = 0;
        if (voice.active) {
            level = run.feed ? *place
                             : pick(shared.logits + column * Q, run.levels, shared.scratch[column], voice,
                                    uniform(voice.seed, voice.position + tick));
        }
        if (lane() == 0) {
            if (voice.active && !run.feed) *place = level;
            if (LINK == LINK_CLUSTER) put(group.post, 0, LEVEL_IN, &group.post.own->level[column], level);
        }
    }
    send(group.post, 0, LEVEL_IN, tick);
}

/// Fetches the logits kept between runs, or keeps them.
__device__ void recall(const Run& run, const Group& group, Shared& shared) {
#pragma unroll 1
    for (int i = threadIdx.x; i < COLUMNS * Q; i += THREADS) shared.logits[i] = logitsOf(run, group)[i];
    syncThreads();
}

__device__ void remember(const Run& run, const Group& group, const Shared& shared) {
#pragma unroll 1
    for (int i = threadIdx.x; i < COLUMNS * Q; i += THREADS) {
        if (voiceOf(run, group, i / Q).active) logitsOf(run, group)[i] = shared.logits[i];
    }
}

/// A block's part of one tick of one group.
__device__ __forceinline__ void tickOf(
    const Run& run, const Share& share, const Group& group, Shared& shared,
    const uint4 (&kept)[KEPT_UNITS], int tick) {
    if (share.from < share.to) {
        receive(group.post, share.from == 0 ? LEVEL_IN : LAYERS_IN, tick);
        if (share.from == 0) embed(run, group, shared, tick);
        throughLayers(run, share, group, shared, kept, tick);
        if (share.to < run.layers) send(group.post, share.next, LAYERS_IN, tick);
        if (share.from > 0) receive(group.post, SKIP_IN, tick);
        addSkips(run, share, group, shared);
        send(group.post, share.next, share.to < run.layers ? SKIP_IN : HIDDEN_IN, tick);
        formPast(run, share, group, tick + 1);
    }
    if (share.hidden) {
        receive(group.post, HIDDEN_IN, tick);
        throughHidden(run, share, group, kept);
        send(group.post, run.outputRank, OUTPUT_IN, tick);
    }
    if (share.output) {
        receive(group.post, OUTPUT_IN, tick);
        // Of levels that are given nobody asks how likely they were, but after the last.
        if (!run.feed || tick + 1 == run.ticks) throughOutput(run, share, group, shared, kept);
        if (tick + 1 < run.ticks) {
            nextLevels(run, group, shared, tick + 1);
        } else {
            remember(run, group, shared);
        }
    }
    syncThreads();
}

KERNEL wavenet(const GRID_CONSTANT Run run) {
    SHARED_MEMORY(memory);
    Shared& shared = *(Shared*) memory;
    Mail* mails = (Mail*) (&shared + 1);
    uint4* resident = (uint4*) (mails + (LINK == LINK_CLUSTER ? groupsOfCrew(run) : 1));
#pragma unroll 1
    for (int i = threadIdx.x; i < COLUMNS * G_STRIDE; i += THREADS) shared.silence[i] = 0;
    if (run.sharedBytes != sizeof(Shared) || run.mailBytes != sizeof(Mail)) {
        *run.error = SIZES_DIFFER;
        return;
    }
    shareOut(run, shared, resident);
    const Share& share = shared.share;
    uint4 kept[KEPT_UNITS];
    keep(share, kept);
    int groups = (run.groups - (int) (blockIdx.x / run.blocks) + run.crews - 1) / run.crews;
    openMail(mails, groups, share.receives);

#pragma unroll 1
    for (int g = 0; g < groups; g++) {
        Group group = groupOf(run, share, mails, g);
        formPast(run, share, group, 0);
        if (share.output) {
            recall(run, group, shared);
            nextLevels(run, group, shared, 0);
            syncThreads();
        }
    }
#pragma unroll 1
    for (int tick = 0; tick < run.ticks; tick++) {
#pragma unroll 1
        for (int g = 0; g < groups; g++) {
            Group group = groupOf(run, share, mails, g);
            tickOf(run, share, group, shared, kept, tick);
            expectMail(group.post, share.receives);
        }
    }
    closeMail();
}
