package wavenet4j.cpu;

import wavenet4j.ModelSpec;
import wavenet4j.cpu.internal.kernels.Product;

/// The memory of one stream: what it remembers from tick to tick, and where the sums of a tick are
/// formed. All z of a tick are kept: nothing needs the skips before the head does.
final class StreamMemory {
    final float[] x; // [padded R], the input of the layer at hand
    final float[] update; // [padded R]
    final float[] h; // [padded 2G] of the layer at hand: filter, then gate
    final float[] z; // [L, padded G] of the latest tick
    final float[] skip; // [padded S]
    final float[] hidden; // [padded A]
    final float[] output; // [padded Q or 3M]
    final float[][] bias; // [L, padded 2G], the learned bias plus the labels' share
    final float[][][] ahead; // [L, 8, padded 2G], what the past gives to this tick and the next
    final DelayLines past;
    long ticks;

    StreamMemory(ModelSpec spec, ResidualLayers layers, Head head) {
        x = new float[layers.residualLength()];
        update = new float[x.length];
        h = new float[layers.gateLength()];
        z = new float[spec.layers() * layers.gates()];
        skip = new float[head.skipLength()];
        hidden = new float[head.hiddenLength()];
        output = new float[head.outputLength()];
        bias = new float[spec.layers()][h.length];
        ahead = new float[spec.layers()][][];
        for (int i = 0; i < ahead.length; i++) {
            boolean sumsAhead = layers.sumsAhead(i);
            ahead[i] = new float[sumsAhead ? Product.EIGHT : 0][h.length];
        }
        past = new DelayLines(spec, x.length);
    }
}
