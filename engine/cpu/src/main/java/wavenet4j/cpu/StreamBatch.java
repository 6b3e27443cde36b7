package wavenet4j.cpu;

import wavenet4j.cpu.internal.kernels.Product;

import java.util.Arrays;
import java.util.function.Function;

/// The memories of streams that go through the network together: one, or eight side by side for the
/// products that take a batch of inputs. The arithmetic of each stream is the same in either.
final class StreamBatch {
    final StreamMemory[] streams; // 1 or 8
    final float[][] x; // [streams][padded R]
    final float[][] update; // [streams][padded R]
    final float[][] h; // [streams][padded 2G]
    final float[][] z; // [streams][L * padded G]
    final float[][] skip; // [streams][padded S]
    final float[][] hidden; // [streams][padded A]
    final float[][] output; // [streams][padded Q or 3M]
    private final float[][] pastRows;
    private final int[] atPast;
    private final Product.Scratch scratch;

    StreamBatch(StreamMemory... streams) {
        this.streams = streams;
        x = ofEach(s -> s.x);
        update = ofEach(s -> s.update);
        h = ofEach(s -> s.h);
        z = ofEach(s -> s.z);
        skip = ofEach(s -> s.skip);
        hidden = ofEach(s -> s.hidden);
        output = ofEach(s -> s.output);
        pastRows = ofEach(s -> s.past.rows());
        atPast = new int[streams.length];
        int longest = Math.max(x[0].length, h[0].length);
        longest = Math.max(longest, Math.max(skip[0].length, hidden[0].length));
        longest = Math.max(longest, output[0].length);
        scratch = new Product.Scratch(streams.length == 1 ? 0 : longest);
    }

    /// `sum = bias + weight * in` of each stream.
    ///
    /// @param at where each input begins, `[streams]` or more
    /// @param rows of a single stream; eight always take all
    void multiply(
            Product weight,
            float[][] bias,
            float[][] in,
            int[] at,
            float[][] sum,
            Product.Rows rows) {
        if (streams.length == 1) weight.apply(bias[0], in[0], at[0], sum[0], rows);
        else weight.applyBatch(bias, in, at, sum, scratch);
    }

    void multiply(Product weight, float[][] bias, float[][] in, int[] at, float[][] sum) {
        multiply(weight, bias, in, at, sum, weight.all);
    }

    /// `h += weight * x(t - age)`, the input of tap `k` of a layer.
    void addPast(Product weight, int layer, int k) {
        for (int n = 0; n < streams.length; n++) atPast[n] = streams[n].past.at(layer, k, 0);
        multiply(weight, h, pastRows, atPast, h);
    }

    private float[][] ofEach(Function<StreamMemory, float[]> array) {
        return Arrays.stream(streams).map(array).toArray(float[][]::new);
    }
}
