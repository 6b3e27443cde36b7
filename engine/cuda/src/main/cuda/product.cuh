// The product of a tile of weights with the vectors of all columns, by one warp. A lane is 4g + q:
// afterwards it has the sums of outputs g and g + 8 of the tile, each for columns 2q and 2q + 1:
//     sum[0] = (g, 2q)   sum[1] = (g, 2q + 1)   sum[2] = (g + 8, 2q)   sum[3] = (g + 8, 2q + 1)
// With COLUMNS = 1 all eight columns are the same one.
#pragma once

__device__ inline int outputOfLane() { return lane() >> 2; }
__device__ inline int quadOfLane() { return lane() & 3; }

/// One step of a butterfly reduction: a lane keeps one of two sums and adds the partner lane's part of it.
__device__ inline void reduce(float& first, float second, bool keepsSecond, int distance) {
    float passed = shuffleXor(keepsSecond ? first : second, distance);
    first = (keepsSecond ? second : first) + passed;
}

/// sum += W v. In each chunk lane 4g + q takes inputs 8q to 8q + 7, so that it reads them in one load;
/// the weights are ordered accordingly.
///
/// vector(c): column c as an array; weight(u): this lane's part of unit u of the tile.
///
/// KEPT: whether the weights are in registers, which needs the loop unrolled whole; else it is unrolled
/// twice, to load ahead.
template <int INPUTS, bool KEPT = false, class Vector, class Weight>
__device__ inline void product(float (&sum)[4], Vector vector, Weight weight) {
    constexpr int UNROLLED = KEPT ? INPUTS / CHUNK : 2;
#if STRICT
    // A chain of multiply-adds for each lane, then (q0 + q2) + (q1 + q3).
    float low[COLUMNS] = {};
    float high[COLUMNS] = {};
#pragma unroll UNROLLED
    for (int u = 0; u < INPUTS / CHUNK * UNITS_PER_CHUNK; u += 2) {
        uint4 bits = weight(u);
        float4 a = *(float4*) &bits;
        bits = weight(u + 1);
        float4 b = *(float4*) &bits;
#pragma unroll
        for (int c = 0; c < COLUMNS; c++) {
            const Element* column = vector(c);
            float4 v = *(const float4*) (column + u / 4 * CHUNK + 8 * quadOfLane() + u % 4 * 2);
            low[c] = fmaf(b.y, v.w, fmaf(b.x, v.z, fmaf(a.y, v.y, fmaf(a.x, v.x, low[c]))));
            high[c] = fmaf(b.w, v.w, fmaf(b.z, v.z, fmaf(a.w, v.y, fmaf(a.z, v.x, high[c]))));
        }
    }
    // A transposing reduction: each lane ends with two columns; a single column is summed in all lanes.
    if constexpr (COLUMNS == 1) {
        low[0] += shuffleXor(low[0], 2);
        low[0] += shuffleXor(low[0], 1);
        high[0] += shuffleXor(high[0], 2);
        high[0] += shuffleXor(high[0], 1);
        sum[0] += low[0];
        sum[1] += low[0];
        sum[2] += high[0];
        sum[3] += high[0];
    } else {
        bool upper = quadOfLane() & 2;
        bool odd = quadOfLane() & 1;
#pragma unroll
        for (int c = 0; c < 4; c++) {
            reduce(low[c], low[c + 4], upper, 2);
            reduce(high[c], high[c + 4], upper, 2);
        }
#pragma unroll
        for (int c = 0; c < 2; c++) {
            reduce(low[c], low[c + 2], odd, 1);
            reduce(high[c], high[c + 2], odd, 1);
            sum[c] += low[c];
            sum[c + 2] += high[c];
        }
    }
#else
    // Two independent chains of sums, to hide the latency of the mma.
    const Element* column = vector(COLUMNS == 1 ? 0 : outputOfLane()) + 8 * quadOfLane();
    float others[4] = {};
#pragma unroll UNROLLED
    for (int chunk = 0; chunk < INPUTS / CHUNK; chunk++) {
        uint4 v = *(const uint4*) (column + chunk * CHUNK);
        mma(sum, weight(2 * chunk), v.x, v.y);
        mma(others, weight(2 * chunk + 1), v.z, v.w);
    }
#pragma unroll
    for (int i = 0; i < 4; i++) sum[i] += others[i];
#endif
}

/// Two adjacent outputs of one column, packed as in a vector: exchanged between the lanes of outputs g
/// and g + 1.
struct Neighbours {
    int column;
    int output;  // the first of the two, 0 to 6
    Pair pair;
};

__device__ inline Neighbours neighbours(float column0, float column1) {
    bool odd = outputOfLane() & 1;
    float own = odd ? column1 : column0;
    float other = shuffleXor(odd ? column0 : column1, 4);
    Neighbours result;
    result.column = 2 * quadOfLane() + odd;
    result.output = outputOfLane() & ~1;
    float first = odd ? other : own;
    float second = odd ? own : other;
#if STRICT
    result.pair = make_float2(first, second);
#else
    result.pair = packHalves(first, second);
#endif
    return result;
}

/// Loads a tile's sums.
__device__ inline void loadSums(float (&sum)[4], const float* sums) {
    if (COLUMNS == 1) {
        sum[0] = sum[1] = sums[outputOfLane()];
        sum[2] = sum[3] = sums[outputOfLane() + 8];
    } else {
        float4 v = ((const float4*) sums)[lane()];
        sum[0] = v.x;
        sum[1] = v.y;
        sum[2] = v.z;
        sum[3] = v.w;
    }
}

/// Stores a tile's sums.
__device__ inline void storeSums(float* sums, const float (&sum)[4]) {
    if (COLUMNS == 1) {
        if (quadOfLane() != 0) return;
        sums[outputOfLane()] = sum[0];
        sums[outputOfLane() + 8] = sum[2];
    } else {
        ((float4*) sums)[lane()] = make_float4(sum[0], sum[1], sum[2], sum[3]);
    }
}

/// Stores two neighbours of the eight outputs from `output` on into a vector.
__device__ inline void storePair(Element* vector, int stride, int output, Neighbours n) {
    if (n.column >= COLUMNS) return;
    *(Pair*) (vector + n.column * stride + output + n.output) = n.pair;
}

/// sum += the bias of the tile's outputs, the same for all columns.
__device__ inline void addBias(float (&sum)[4], const float* bias) {
    float low = bias[outputOfLane()];
    float high = bias[outputOfLane() + 8];
    sum[0] += low;
    sum[1] += low;
    sum[2] += high;
    sum[3] += high;
}

/// tanh(filter) * sigmoid(gate)
__device__ inline float gated(float filter, float gate) {
#if STRICT
    return (float) (tanh((double) filter) * (1 / (1 + exp(-(double) gate))));
#else
    return fastTanh(filter) * (0.5f * fastTanh(0.5f * gate) + 0.5f);
#endif
}
