package wavenet4j.cpu;

import wavenet4j.ModelSpec;
import wavenet4j.backend.SilentState;
import wavenet4j.cpu.internal.kernels.Product;

/// The memory of one stream: its delay lines and biases, and the vectors of a tick. The z of all
/// layers are kept, as the skips are summed only when the head is computed.
final class StreamMemory {
    final float[] x; // [padded R], the input of the present layer
    final float[] update; // [padded R]
    final float[] h; // [padded 2G] of the present layer: filter, then gate
    final float[] z; // [L, padded G] of the latest tick
    final float[] skip; // [padded S]
    final float[] hidden; // [padded A]
    final float[] output; // [padded Q or 3M]
    final float[][] bias; // [L, padded 2G]
    final float[][][] ahead; // [L, 8, padded 2G], sums over the past of eight ticks
    final long[] aheadTick; // [L], the first of those ticks
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
        aheadTick = new long[spec.layers()];
        for (int i = 0; i < ahead.length; i++) {
            boolean sumsAhead = layers.sumsAhead(i);
            ahead[i] = new float[sumsAhead ? Product.BATCH : 0][h.length];
        }
        past = new DelayLines(spec, x.length);
    }

    /// The bytes of the Java heap that the memory of one stream takes.
    static long bytes(ModelSpec spec) {
        var c = spec.convolutions();
        long residual = Product.paddedOutputs(c.residual());
        long gates = Product.paddedOutputs(2 * Product.padded(c.gate()));
        long ahead =
                c.dilations().stream()
                        .filter(d -> ResidualLayers.sumsAhead(c.kernelSize(), d))
                        .count();
        long layers =
                spec.layers() * (Product.padded(c.gate()) + gates) + ahead * Product.BATCH * gates;
        long head =
                Product.paddedOutputs(c.skip())
                        + Product.paddedOutputs(spec.head().hidden())
                        + (long) Product.paddedOutputs(spec.distribution().width());
        return Float.BYTES
                * (DelayLines.length(spec, (int) residual) + 2 * residual + gates + layers + head);
    }

    /// @param biases [L, 2G]
    void setLayerBias(float[][] biases) {
        for (int i = 0; i < bias.length; i++) {
            int gates = biases[i].length / 2;
            int paddedGates = z.length / bias.length;
            System.arraycopy(biases[i], 0, bias[i], 0, gates);
            System.arraycopy(biases[i], gates, bias[i], paddedGates, gates);
        }
    }

    void silence(SilentState state) {
        for (int i = 0; i < bias.length; i++) {
            float[] input = state.inputs()[i];
            System.arraycopy(input, 0, x, 0, input.length);
            past.fill(i, x);
            float[] gated = state.gated()[i];
            System.arraycopy(gated, 0, z, i * (z.length / bias.length), gated.length);
            aheadTick[i] = ticks - Product.BATCH; // sums over the past before are void
        }
    }
}
