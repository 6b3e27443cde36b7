// Autoregressive generation by a persistent kernel: one launch runs many ticks of many streams.
//
// Letters as in the paper and the design: R residual, G gate, S skip, A head channels, Q levels.
// COLUMNS streams (1 or 8) share each matrix product and are a group. The thread blocks are arranged in
// pipelines. Each block is a stage: it has a few layers, or the hidden or the output product of the
// head, and sends its result to the next; the last picks the levels and sends them to the first. Groups
// follow each other through a pipeline, one in each stage at a time.
//
// A layer takes one product in sequence. In the paper's letters layer l is
//     h = W x_l + past,   z_l = tanh(filter of h) * sigmoid(gate of h),   x_{l+1} = x_l + V_l z_l,
// two products in a row, W after V. With x_l written out, h = W x_{l-1} + (W V_{l-1}) z_{l-1} + past,
// and W V_{l-1} precomputed by the host, a layer needs only x_{l-1} and z_{l-1}: h and x_l are computed
// in parallel. `past` (older taps, biases, labels) is computed at the end of the tick before.
#include <device.cuh>  // the tests have an emulation of it

#include "run.cuh"
#include "product.cuh"
#include "exchange.cuh"
#include "pick.cuh"

// A warp with at most one tile of a product keeps its weights in registers for the whole run, at most so
// many units of 16 bytes a lane; then a tick reads only the vectors.
constexpr int REGISTER_UNITS = 16;
constexpr bool KEEP_LAYERS = !STRICT && GATE_TILES + R_TILES <= WARPS && LAYERS * GATE_TILE_UNITS <= REGISTER_UNITS;
constexpr int UNROLLED_LAYERS = KEEP_LAYERS ? LAYERS : 1;  // registers cannot be indexed
// The two products of the head have a block each; where one block has all, registers do not suffice.
constexpr bool KEEP_HEAD = !STRICT && LINK != LINK_NONE;
constexpr bool KEEP_HIDDEN = KEEP_HEAD && A_TILES <= WARPS && S_UNITS <= REGISTER_UNITS;
constexpr bool KEEP_OUTPUT = KEEP_HEAD && Q_TILES <= WARPS && A_UNITS <= REGISTER_UNITS;

/// The part of the network that a block computes.
struct Stage {
    int rank;              // in its pipeline
    int from, to;          // its layers
    bool hidden, output;   // whether it has these products of the head
    int next;              // rank of the block that its skip sums go to
    int receives;          // a bit for each Message that it receives
    const uint4* weights;  // of its layers, then of its part of the head
    int layerUnits;        // of each layer
};

/// Shared memory of a block; its mailboxes and its resident weights follow.
struct alignas(16) Shared {
    Element x[2][COLUMNS * R_STRIDE];      // inputs of even and odd layers
    Element z[LAYERS][COLUMNS * G_STRIDE]; // gated activations of the block's layers
    Element zeros[COLUMNS * G_STRIDE];     // z before the first layer
    float residual[R_TILES * SUMS];        // x in float32
    float logits[COLUMNS * Q];
    PickScratch scratch[COLUMNS];
    Stage stage;                           // to spare registers
};

/// Determines the block's stage, and copies its weights to shared memory where they fit.
__device__ void assignStage(const Run& run, Shared& shared, uint4* resident) {
    Stage stage;
    stage.rank = blockIdx.x % run.blocks;
    stage.from = min(stage.rank * LAYERS, run.layers);
    stage.to = min(stage.from + LAYERS, run.layers);
    stage.hidden = stage.rank == run.hiddenRank;
    stage.output = stage.rank == run.outputRank;
    stage.next = stage.to < run.layers ? stage.rank + 1 : run.hiddenRank;
    stage.layerUnits = PAST_AT + run.pastTaps * UNITS_OF_PAST_TAP;
    stage.receives = stage.hidden << HIDDEN_IN | stage.output << OUTPUT_IN;
    if (stage.from < stage.to) {
        stage.receives |= stage.from == 0 ? 1 << LEVEL_IN : 1 << LAYERS_IN | 1 << SKIP_IN;
    }
    int layers = (stage.to - stage.from) * stage.layerUnits;
    int head = (stage.hidden ? HIDDEN_UNITS : 0) + (stage.output ? OUTPUT_UNITS : 0);
    const uint4* fromLayers = run.weights + (size_t) stage.from * stage.layerUnits;
    const uint4* fromHead =
        run.weights + (size_t) run.layers * stage.layerUnits + (stage.hidden ? 0 : HIDDEN_UNITS);
    // A block has either layers or a part of the head, or all, which are contiguous.
    stage.weights = layers > 0 ? fromLayers : fromHead;
    if (layers + head <= run.residentUnits) {
#pragma unroll 1
        for (int i = threadIdx.x; i < layers; i += THREADS) resident[i] = fromLayers[i];
#pragma unroll 1
        for (int i = threadIdx.x; i < head; i += THREADS) resident[layers + i] = fromHead[i];
        stage.weights = resident;
    }
    if (threadIdx.x == 0) shared.stage = stage;
    syncThreads();
}

/// Loads the weights of each warp's tile into registers.
__device__ __forceinline__ void loadRegisters(const Stage& stage, uint4 (&registerWeights)[REGISTER_UNITS]) {
    const uint4* weights = stage.weights + lane();
    if (KEEP_LAYERS && stage.from < stage.to) {
#pragma unroll
        for (int l = 0; l < LAYERS; l++) {
            if (stage.from + l >= stage.to) break;
            bool gate = warp() < GATE_TILES;
            if (warp() >= GATE_TILES + R_TILES) break;
            const uint4* tile = weights + l * stage.layerUnits +
                (gate ? warp() * GATE_TILE_UNITS * 32 : RESIDUAL_AT + (warp() - GATE_TILES) * G_UNITS * 32);
#pragma unroll
            for (int u = 0; u < GATE_TILE_UNITS; u++) {
                if (gate || u < G_UNITS) registerWeights[l * GATE_TILE_UNITS + u] = tile[u * 32];
            }
        }
    }
    if (KEEP_HIDDEN && stage.hidden && warp() < A_TILES) {
#pragma unroll
        for (int u = 0; u < S_UNITS; u++) registerWeights[u] = weights[(warp() * S_UNITS + u) * 32];
    }
    if (KEEP_OUTPUT && stage.output && warp() < Q_TILES) {
#pragma unroll
        for (int u = 0; u < A_UNITS; u++) registerWeights[u] = weights[(warp() * A_UNITS + u) * 32];
    }
}

/// One group of streams.
struct Group {
    int number;
    Exchange exchange;
};

__device__ inline int groupsPerPipeline(const Run& run) { return (run.groups + run.pipelines - 1) / run.pipelines; }

__device__ Group groupOf(const Run& run, const Stage& stage, Mailbox* mailboxes, int index) {
    Group group;
    int pipeline = blockIdx.x / run.blocks;
    group.number = pipeline + index * run.pipelines;
    group.exchange.own = mailboxes + (LINK == LINK_CLUSTER ? index : 0);
    group.exchange.others = run.mailboxes + (pipeline * run.blocks * groupsPerPipeline(run) + index);
    group.exchange.mailboxStride = groupsPerPipeline(run);
    group.exchange.rank = stage.rank;
    group.exchange.error = run.error;
    group.exchange.patience = run.patience;
    return group;
}

// Addresses of a group's data are computed where they are needed, to spare registers.
__device__ inline const StreamParameters& streamOf(const Run& run, const Group& group, int column) {
    return run.streams[group.number * COLUMNS + column];
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
            if (streamOf(run, group, column).active) {
                level = LINK == LINK_CLUSTER ? group.exchange.own->level[column]
                                             : takeOf(run, group, column)[tick];
                // After a timeout no level has come: any will do, as those of this run are void.
                if ((unsigned) level >= (unsigned) run.levels) level = 0;
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

/// The index of this lane's sums of a gate tile in run.past and run.layerBiases.
__device__ inline size_t pastAt(const Run& run, const Group& group, int layer, int tile) {
    return (((size_t) group.number * run.layers + layer) * GATE_TILES + tile) * 32 + lane();
}

/// A layer's x of that tick in its delay line, a ring buffer.
__device__ inline Element* delayed(
    const Run& run, const Group& group, int layer, int column, unsigned long long time) {
    int first = run.lines[2 * layer];
    int length = run.lines[2 * layer + 1];
    int slot = first + (int) (time % length);
    return run.delayLines + (((size_t) group.number * run.slots + slot) * COLUMNS + column) * R;
}

/// Runs the layers of the block: z and x of each from those of the layer before.
__device__ __forceinline__ void runLayers(
    const Run& run, const Stage& stage, const Group& group, Shared& shared,
    const uint4 (&registerWeights)[REGISTER_UNITS], int tick) {
    const Mailbox& mailbox = *group.exchange.own;
    bool passesOn = stage.to < run.layers;
    const Element* x = stage.from == 0 ? shared.x[1] : mailbox.x;
    const Element* z = stage.from == 0 ? shared.zeros : mailbox.z;
#pragma unroll UNROLLED_LAYERS
    for (int l = 0; l < LAYERS; l++) {
        int layer = stage.from + l;
        if (layer >= stage.to) break;
        const uint4* weights = stage.weights + l * stage.layerUnits + lane();
        bool last = passesOn && layer == stage.to - 1;
        Element* nextX = shared.x[l & 1];
        Element* nextZ = shared.z[l];
        auto columnOfX = [&](int column) { return x + column * R_STRIDE; };
        auto columnOfZ = [&](int column) { return z + column * G_STRIDE; };
#pragma unroll 1
        for (int tile = warp(); tile < GATE_TILES + R_TILES; tile += WARPS) {
            if (tile < GATE_TILES) {
                const uint4* units = weights + tile * GATE_TILE_UNITS * 32;
                auto weight = [&](int u) {
                    return KEEP_LAYERS ? registerWeights[l * GATE_TILE_UNITS + u] : units[u * 32];
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
                    putPair(group.exchange, stage.rank + 1, LAYERS_IN, group.exchange.own->z, G_STRIDE, tile * 8, n);
                }
            } else {
                int r = tile - GATE_TILES;
                const uint4* units = weights + RESIDUAL_AT + r * G_UNITS * 32;
                float* residual = shared.residual + r * SUMS;
                float sum[4];
                loadSums(sum, l == 0 && stage.from > 0 ? mailbox.residual + r * SUMS : residual);
                product<G, KEEP_LAYERS>(sum, columnOfZ, [&](int u) {
                    return KEEP_LAYERS ? registerWeights[l * GATE_TILE_UNITS + u] : units[u * 32];
                });
                addBias(sum, run.residualBiases + (size_t) layer * R + r * TILE);
                storeSums(residual, sum);
                if (last) putSums(group.exchange, stage.rank + 1, LAYERS_IN, group.exchange.own->residual + r * SUMS, sum);
#pragma unroll
                for (int half = 0; half < 2; half++) {
                    int output = r * TILE + 8 * half;
                    Neighbours n = neighbours(sum[2 * half], sum[2 * half + 1]);
                    storePair(nextX, R_STRIDE, output, n);
                    if (last) {
                        putPair(group.exchange, stage.rank + 1, LAYERS_IN, group.exchange.own->x, R_STRIDE, output, n);
                    }
                    if (run.pastTaps == 0 || n.column >= COLUMNS) continue;
                    const StreamParameters& stream = streamOf(run, group, n.column);
                    if (!stream.active) continue;
                    Element* line = delayed(run, group, layer, n.column, stream.time + tick);
                    *(Pair*) (line + output + n.output) = n.pair;
                }
            }
        }
        x = nextX;
        z = nextZ;
        syncThreads();
    }
}

/// Adds the block's layers to the skip sums and sends these on; those of all layers to the hidden product.
__device__ void addSkips(const Run& run, const Stage& stage, const Group& group, Shared& shared) {
#pragma unroll 1
    for (int tile = warp(); tile < S_TILES; tile += WARPS) {
        float sum[4] = {};
        if (stage.from == 0) {
            addBias(sum, run.skipBias + tile * TILE);
        } else {
            loadSums(sum, group.exchange.own->skip + tile * SUMS);
        }
    #pragma unroll 1
    for (int l = 0; l < stage.to - stage.from; l++) {
            const uint4* units = stage.weights + l * stage.layerUnits + SKIP_AT + tile * G_UNITS * 32 + lane();
            product<G>(
                sum, [&](int column) { return shared.z[l] + column * G_STRIDE; },
                [&](int u) { return units[u * 32]; });
        }
        if (stage.to < run.layers) {
            putSums(group.exchange, stage.next, SKIP_IN, group.exchange.own->skip + tile * SUMS, sum);
        } else {
            putRelu(group.exchange, stage.next, HIDDEN_IN, group.exchange.own->skipped, S_STRIDE, tile * TILE, sum);
        }
    }
}

/// Computes the part of the next tick's h that is known: biases, labels, older taps. Each lane writes
/// and reads only its own sums.
///
/// done: ticks of this run that are complete
__device__ void computePast(const Run& run, const Stage& stage, const Group& group, int done) {
#pragma unroll 1
    for (int tile = warp(); tile < GATE_TILES; tile += WARPS) {
#pragma unroll 1
        for (int layer = stage.from; layer < stage.to; layer++) {
            float4 bias = run.layerBiases[pastAt(run, group, layer, tile)];
            float sum[4] = {bias.x, bias.y, bias.z, bias.w};
            const uint4* units = stage.weights + (layer - stage.from) * stage.layerUnits + PAST_AT +
                tile * run.pastTaps * R_UNITS * 32 + lane();
#pragma unroll 1
            for (int tap = 0; tap < run.pastTaps; tap++) {  // the oldest first
                int age = run.lines[2 * layer + 1] / run.pastTaps * (run.pastTaps - tap);
                product<R>(
                    sum,
                    [&](int column) {
                        const StreamParameters& stream = streamOf(run, group, column);
                        unsigned long long time = stream.time + (stream.active ? done : 0);
                        // The length is added so that the index of the first ticks is not negative.
                        return delayed(run, group, layer, column, time + run.lines[2 * layer + 1] - age);
                    },
                    [&](int u) { return units[(tap * R_UNITS + u) * 32]; });
            }
            run.past[pastAt(run, group, layer, tile)] = make_float4(sum[0], sum[1], sum[2], sum[3]);
        }
    }
}

/// relu(skip) -> A
__device__ __forceinline__ void runHidden(
    const Run& run, const Stage& stage, const Group& group, const uint4 (&registerWeights)[REGISTER_UNITS]) {
    const uint4* weights = stage.weights + (stage.to - stage.from) * stage.layerUnits + lane();
#pragma unroll 1
    for (int tile = warp(); tile < A_TILES; tile += WARPS) {
        float sum[4] = {};
        addBias(sum, run.hiddenBias + tile * TILE);
        product<S, KEEP_HIDDEN>(
            sum, [&](int column) { return group.exchange.own->skipped + column * S_STRIDE; },
            [&](int u) { return KEEP_HIDDEN ? registerWeights[u] : weights[(tile * S_UNITS + u) * 32]; });
        putRelu(group.exchange, run.outputRank, OUTPUT_IN, group.exchange.own->hidden, A_STRIDE, tile * TILE, sum);
    }
}

/// relu(hidden) -> Q
__device__ __forceinline__ void runOutput(
    const Run& run, const Stage& stage, const Group& group, Shared& shared,
    const uint4 (&registerWeights)[REGISTER_UNITS]) {
    const uint4* weights = stage.weights + (stage.to - stage.from) * stage.layerUnits +
        (stage.hidden ? HIDDEN_UNITS : 0) + lane();
#pragma unroll 1
    for (int tile = warp(); tile < Q_TILES; tile += WARPS) {
        float sum[4] = {};
        addBias(sum, run.outputBias + tile * TILE);
        product<A, KEEP_OUTPUT>(
            sum, [&](int column) { return group.exchange.own->hidden + column * A_STRIDE; },
            [&](int u) { return KEEP_OUTPUT ? registerWeights[u] : weights[(tile * A_UNITS + u) * 32]; });
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

/// Picks the levels of that tick, or takes those that are fed, and sends them to layer 0.
__device__ void nextLevels(const Run& run, const Group& group, Shared& shared, int tick) {
#pragma unroll 1
    for (int column = warp(); column < COLUMNS; column += WARPS) {
        const StreamParameters& stream = streamOf(run, group, column);
        int* place = takeOf(run, group, column) + tick;
        int level = 0;
        if (stream.active) {
            level = run.feed ? *place
                             : pick(shared.logits + column * Q, run.levels, shared.scratch[column], stream,
                                    uniform(stream.seed, stream.position + tick));
        }
        if (lane() == 0) {
            if (stream.active && !run.feed) *place = level;
            if (LINK == LINK_CLUSTER) put(group.exchange, 0, LEVEL_IN, &group.exchange.own->level[column], level);
        }
    }
    signal(group.exchange, 0, LEVEL_IN, tick);
}

/// Loads the logits that the run before stored.
__device__ void loadLogits(const Run& run, const Group& group, Shared& shared) {
#pragma unroll 1
    for (int i = threadIdx.x; i < COLUMNS * Q; i += THREADS) shared.logits[i] = logitsOf(run, group)[i];
    syncThreads();
}

__device__ void storeLogits(const Run& run, const Group& group, const Shared& shared) {
#pragma unroll 1
    for (int i = threadIdx.x; i < COLUMNS * Q; i += THREADS) {
        if (streamOf(run, group, i / Q).active) logitsOf(run, group)[i] = shared.logits[i];
    }
}

/// Runs the block's stage for one tick of one group.
__device__ __forceinline__ void runTick(
    const Run& run, const Stage& stage, const Group& group, Shared& shared,
    const uint4 (&registerWeights)[REGISTER_UNITS], int tick) {
    if (stage.from < stage.to) {
        waitFor(group.exchange, stage.from == 0 ? LEVEL_IN : LAYERS_IN, tick);
        if (stage.from == 0) embed(run, group, shared, tick);
        runLayers(run, stage, group, shared, registerWeights, tick);
        if (stage.to < run.layers) signal(group.exchange, stage.next, LAYERS_IN, tick);
        if (stage.from > 0) waitFor(group.exchange, SKIP_IN, tick);
        addSkips(run, stage, group, shared);
        signal(group.exchange, stage.next, stage.to < run.layers ? SKIP_IN : HIDDEN_IN, tick);
        computePast(run, stage, group, tick + 1);
    }
    if (stage.hidden) {
        waitFor(group.exchange, HIDDEN_IN, tick);
        runHidden(run, stage, group, registerWeights);
        signal(group.exchange, run.outputRank, OUTPUT_IN, tick);
    }
    if (stage.output) {
        waitFor(group.exchange, OUTPUT_IN, tick);
        // While levels are fed, only the logits after the last are needed.
        if (!run.feed || tick + 1 == run.ticks) runOutput(run, stage, group, shared, registerWeights);
        if (tick + 1 < run.ticks) {
            nextLevels(run, group, shared, tick + 1);
        } else {
            storeLogits(run, group, shared);
        }
    }
    syncThreads();
}

KERNEL wavenet(const GRID_CONSTANT Run run) {
    SHARED_MEMORY(memory);
    Shared& shared = *(Shared*) memory;
    Mailbox* mailboxes = (Mailbox*) (&shared + 1);
    uint4* resident = (uint4*) (mailboxes + (LINK == LINK_CLUSTER ? groupsPerPipeline(run) : 1));
#pragma unroll 1
    for (int i = threadIdx.x; i < COLUMNS * G_STRIDE; i += THREADS) shared.zeros[i] = 0;
    if (run.sharedBytes != sizeof(Shared) || run.mailboxBytes != sizeof(Mailbox)) {
        *run.error = SIZES_DIFFER;
        return;
    }
    assignStage(run, shared, resident);
    const Stage& stage = shared.stage;
    uint4 registerWeights[REGISTER_UNITS];
    loadRegisters(stage, registerWeights);
    int groups = (run.groups - (int) (blockIdx.x / run.blocks) + run.pipelines - 1) / run.pipelines;
    initBarriers(mailboxes, groups, stage.receives);

#pragma unroll 1
    for (int g = 0; g < groups; g++) {
        Group group = groupOf(run, stage, mailboxes, g);
        computePast(run, stage, group, 0);
        if (stage.output) {
            loadLogits(run, group, shared);
            nextLevels(run, group, shared, 0);
            syncThreads();
        }
    }
#pragma unroll 1
    for (int tick = 0; tick < run.ticks; tick++) {
#pragma unroll 1
        for (int g = 0; g < groups; g++) {
            Group group = groupOf(run, stage, mailboxes, g);
            runTick(run, stage, group, shared, registerWeights, tick);
            rearmBarriers(group.exchange, stage.receives);
        }
    }
    syncBeforeExit();
}
