// Picking a level, by one warp for each stream: bit for bit as the class Picker does from the same
// logits. Every lane computes the total in the same order.
#pragma once

constexpr int PICK_GROUP = 16;  // levels whose weights are summed before they join the running sum

struct PickScratch {
    float weights[Q];  // of each level, relative to the likeliest
    float ordered[Q];  // the same, the greatest first
    float sums[Q / PICK_GROUP];
};

/// The uniform random number of a position: Philox4x32-10 (Salmon et al., 2011), as in the class Philox.
__device__ inline float uniform(unsigned long long seed, unsigned long long position) {
    unsigned c0 = (unsigned) (position >> 2), c1 = (unsigned) (position >> 34), c2 = 0, c3 = 0;
    unsigned key0 = (unsigned) seed, key1 = (unsigned) (seed >> 32);
#pragma unroll 1
    for (int round = 0; round < 10; round++) {
        unsigned long long product0 = (unsigned long long) 0xD2511F53u * c0;
        unsigned long long product1 = (unsigned long long) 0xCD9E8D57u * c2;
        c0 = (unsigned) (product1 >> 32) ^ c1 ^ key0;
        c1 = (unsigned) product1;
        c2 = (unsigned) (product0 >> 32) ^ c3 ^ key1;
        c3 = (unsigned) product0;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    int index = (int) (position & 3);
    unsigned word = index == 0 ? c0 : index == 1 ? c1 : index == 2 ? c2 : c3;
    return ((float) (word >> 9) + 0.5f) * 1.1920928955078125e-7f;  // 2^-23
}

/// e^x for x in [-87, 0], with the multiply-adds of the class Exp.
__device__ inline float exactExp(float x) {
    x = fmaxf(x, -87.f);
    float rounded = fmaf(x, 1.442695f, 12582912.f);  // 1.5 * 2^23
    int n = __float_as_int(rounded) - __float_as_int(12582912.f);
    float whole = rounded - 12582912.f;
    float r = fmaf(whole, -0.693359375f, x);
    r = fmaf(whole, 2.1219444e-4f, r);
    float p = fmaf(1.f / 5040, r, 1.f / 720);
    p = fmaf(p, r, 1.f / 120);
    p = fmaf(p, r, 1.f / 24);
    p = fmaf(p, r, 1.f / 6);
    p = fmaf(p, r, 1.f / 2);
    p = fmaf(p * r, r, r) + 1;
    return p * __int_as_float((n + 127) << 23);
}

/// The level of the greatest logit, the first of equals, and that logit.
__device__ inline int likeliest(const float* logits, int levels, float& greatest) {
    greatest = -__int_as_float(0x7F800000);
    int level = 0;
#pragma unroll 1
    for (int q = lane(); q < levels; q += 32) {
        if (logits[q] > greatest) {
            greatest = logits[q];
            level = q;
        }
    }
    for (int mask = 16; mask > 0; mask >>= 1) {
        float other = shuffleXor(greatest, mask);
        int otherLevel = shuffleXor(level, mask);
        if (other > greatest || (other == greatest && otherLevel < level)) {
            greatest = other;
            level = otherLevel;
        }
    }
    return level;
}

/// Zeroes the weights outside top-k and, of the rest, outside top-p.
__device__ inline void dropUnlikely(PickScratch& s, int levels, const StreamParameters& stream) {
#pragma unroll 1
    for (int q = lane(); q < levels; q += 32) {
        float weight = s.weights[q];
        int before = 0;
#pragma unroll 1
        for (int j = 0; j < levels; j++) {
            before += s.weights[j] > weight || (s.weights[j] == weight && j < q);
        }
        s.ordered[before] = weight;
    }
    syncWarp();
    int most = stream.topK == 0 ? levels : min(stream.topK, levels);
    const float* terms = most < levels ? s.ordered : s.weights;
    float total = 0;
#pragma unroll 1
    for (int i = 0; i < most; i++) total += terms[i];
    int kept = most;
    if (stream.topP < 1) {
        float wanted = stream.topP * total;
        float sum = 0;
        kept = 0;
        do {
            sum += s.ordered[kept++];
        } while (sum < wanted && kept < most);
    }
    float threshold = kept == levels ? 0 : s.ordered[kept - 1];
    syncWarp();  // all lanes have summed the weights
#pragma unroll 1
    for (int q = lane(); q < levels; q += 32) {
        if (s.weights[q] < threshold) s.weights[q] = 0;
    }
    syncWarp();
}

/// The first level whose running sum, in level order, exceeds `u` times the total.
__device__ inline int pick(
    const float* logits, int levels, PickScratch& s, const StreamParameters& stream, float u) {
    float greatest;
    int best = likeliest(logits, levels, greatest);
    if (stream.temperature == 0) return best;

#pragma unroll 1
    for (int q = lane(); q < levels; q += 32) {
        s.weights[q] = exactExp(divide(logits[q] - greatest, stream.temperature));
    }
    syncWarp();
    if (stream.topK > 0 || stream.topP < 1) dropUnlikely(s, levels, stream);

    int groups = (levels + PICK_GROUP - 1) / PICK_GROUP;
#pragma unroll 1
    for (int g = lane(); g < groups; g += 32) {
        float sum = 0;
#pragma unroll 1
        for (int q = g * PICK_GROUP; q < min((g + 1) * PICK_GROUP, levels); q++) sum += s.weights[q];
        s.sums[g] = sum;
    }
    syncWarp();
    float total = 0;
#pragma unroll 1
    for (int g = 0; g < groups; g++) total += s.sums[g];
    float target = u * total;
    float before = 0;
    int picked = best;  // where rounding leaves no sum above the target, or logits are NaN
#pragma unroll 1
    for (int g = 0; g < groups; g++) {
        if (before + s.sums[g] > target) {
            picked = g * PICK_GROUP;
            float sum = s.weights[picked];
            while (!(before + sum > target)) sum += s.weights[++picked];
            break;
        }
        before += s.sums[g];
    }
    syncWarp();
    return picked;
}
