// The network's shape and a launch's parameters. Defined on the compiler's command line:
//   RESIDUAL_CHANNELS, GATE_CHANNELS, SKIP_CHANNELS, HEAD_CHANNELS   each a multiple of 32
//   MOST_LEVELS      a multiple of 256
//   COLUMNS          1 or 8: the streams of a group
//   STRICT           1: float32 throughout; 0: products of binary16 with sums in float32
//   LINK             how the blocks of a pipeline exchange messages: LINK_NONE, LINK_CLUSTER or LINK_GRID
//   LAYERS_OF_BLOCK  the most layers of a block
//   THREADS_OF_BLOCK a multiple of 32
// The class Layout computes the same sizes on the host; a test compares them.
#pragma once

#define LINK_NONE 0     // not at all: a pipeline is one block
#define LINK_CLUSTER 1  // through distributed shared memory (sm_90 and later)
#define LINK_GRID 2     // through global memory

constexpr int R = RESIDUAL_CHANNELS;
constexpr int G = GATE_CHANNELS;
constexpr int S = SKIP_CHANNELS;
constexpr int A = HEAD_CHANNELS;
constexpr int Q = MOST_LEVELS;
constexpr int LAYERS = LAYERS_OF_BLOCK;

constexpr int THREADS = THREADS_OF_BLOCK;
constexpr int WARPS = THREADS / 32;

#if STRICT
typedef float Element;  // of a vector
typedef float2 Pair;    // two neighbours in a vector
constexpr int UNITS_PER_CHUNK = 4;
#else
typedef unsigned short Element;
typedef unsigned Pair;
constexpr int UNITS_PER_CHUNK = 2;
#endif

// A product goes by tiles of 16 outputs and chunks of 32 inputs. A tile's weights lie in the order
// in which a warp reads them: units of 16 bytes for each lane.
constexpr int TILE = 16;
constexpr int CHUNK = 32;

// A tile of the gate holds 8 filters and their 8 gates, so that a lane has both of a channel.
constexpr int GATE_TILES = G / 8;
constexpr int R_TILES = R / TILE;
constexpr int S_TILES = S / TILE;
constexpr int A_TILES = A / TILE;
constexpr int Q_TILES = Q / TILE;

// Units of one tile over as many inputs.
constexpr int R_UNITS = R / CHUNK * UNITS_PER_CHUNK;
constexpr int G_UNITS = G / CHUNK * UNITS_PER_CHUNK;
constexpr int S_UNITS = S / CHUNK * UNITS_PER_CHUNK;
constexpr int A_UNITS = A / CHUNK * UNITS_PER_CHUNK;

// A layer's weights: [W | W V] of all gate tiles, V of the layer before, skip, and the older taps,
// of which there may be any number.
constexpr int GATE_TILE_UNITS = R_UNITS + G_UNITS;
constexpr int RESIDUAL_AT = GATE_TILES * GATE_TILE_UNITS * 32;
constexpr int SKIP_AT = RESIDUAL_AT + R_TILES * G_UNITS * 32;
constexpr int PAST_AT = SKIP_AT + S_TILES * G_UNITS * 32;
constexpr int UNITS_OF_PAST_TAP = GATE_TILES * R_UNITS * 32;
constexpr int HIDDEN_UNITS = A_TILES * S_UNITS * 32;
constexpr int OUTPUT_UNITS = Q_TILES * A_UNITS * 32;

// From one column of a vector to the next, such that the columns that a warp reads at once lie in
// different banks.
constexpr int stride(int channels) {
    return COLUMNS == 1 ? channels : STRICT ? channels + 4 : channels % 64 == 0 ? channels + 32 : channels;
}
constexpr int R_STRIDE = stride(R);
constexpr int G_STRIDE = stride(G);
constexpr int S_STRIDE = stride(S);
constexpr int A_STRIDE = stride(A);

// A tile's sums as the lanes hold them: four each (outputs g and g + 8 of columns 2q and 2q + 1 for
// lane 4g + q), or one column alone.
constexpr int SUMS = COLUMNS == 1 ? TILE : TILE * COLUMNS;

/// A stream's sampling parameters and position.
struct StreamParameters {
    unsigned long long seed;
    unsigned long long position;  // in its take: the counter of its random numbers
    unsigned long long time;      // ticks since it was opened: the position in its delay lines
    float temperature;
    float topP;
    int topK;                     // 0: all
    int active;                   // whether it takes part in this run
};

/// The kernel's parameter.
struct Run {
    const uint4* weights;         // layer after layer, then hidden, then output
    const float* residualBiases;  // [layers][R], of the layer before each; the first is 0
    const float* skipBias;        // [S], summed over the layers
    const float* hiddenBias;      // [A]
    const float* outputBias;      // [Q]
    const float* embedding;       // [levels][R]
    const int* lines;             // [layers][2]: a delay line's first slot and its length in slots
    const float4* layerBiases;    // [groups][layers][GATE_TILES][32]: biases and labels of a tile
    float4* past;                 // likewise: the part of h that is known before the tick
    Element* delayLines;          // [groups][slots][COLUMNS][R]
    const StreamParameters* streams;  // [groups][COLUMNS]
    int* takes;                   // [groups][COLUMNS][ticks]: the levels fed, or drawn
    float* logits;                // [groups][COLUMNS][Q]: of the level after the latest
    struct Mailbox* mailboxes;    // LINK_GRID: [pipelines][blocks][groups of a pipeline], zero at the start
    int* error;                   // 0, or a Failure
    unsigned long long patience;  // how long a block waits for another, in nanoseconds
    int layers;
    int pastTaps;                 // K - 1
    int levels;
    int slots;                    // of all delay lines of a stream
    int groups;
    int pipelines;
    int blocks;                   // of a pipeline
    int hiddenRank, outputRank;   // the blocks that have the products of the head
    int residentUnits;            // a block with no more units of weights keeps them in shared memory
    int ticks;
    int feed;                     // 1: the levels are given; 0: they are drawn
    int sharedBytes, mailboxBytes;  // the host's sizes of Shared and Mailbox, which are checked
};

enum Failure { TIMED_OUT = 1, SIZES_DIFFER = 2 };
