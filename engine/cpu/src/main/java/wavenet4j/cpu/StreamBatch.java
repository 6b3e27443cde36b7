package wavenet4j.cpu;

import wavenet4j.ModelSpec;
import wavenet4j.cpu.internal.kernels.Product;

import java.util.Arrays;
import java.util.function.Function;

/// Eight streams in step, their memories side by side for the products that take eight inputs at
/// once.
final class StreamBatch {
    final StreamMemory[] streams;
    final float[][] x; // [8, padded R]
    final float[][] update; // [8, padded R]
    final float[][] h; // [8, padded 2G]
    final float[][] z; // [8, L * padded G]
    final float[][] skip; // [8, padded S]
    final float[][] hidden; // [8, padded A]
    final float[][] output; // [8, padded Q or 3M]
    final float[][] pastRows;
    final int[] at = new int[Product.EIGHT];
    final Product.Scratch scratch;

    StreamBatch(ModelSpec spec, ResidualLayers layers, Head head) {
        streams = new StreamMemory[Product.EIGHT];
        Arrays.setAll(streams, n -> new StreamMemory(spec, layers, head));
        x = ofEach(s -> s.x);
        update = ofEach(s -> s.update);
        h = ofEach(s -> s.h);
        z = ofEach(s -> s.z);
        skip = ofEach(s -> s.skip);
        hidden = ofEach(s -> s.hidden);
        output = ofEach(s -> s.output);
        pastRows = ofEach(s -> s.past.rows());
        int longest = Math.max(x[0].length, h[0].length);
        longest = Math.max(longest, Math.max(skip[0].length, hidden[0].length));
        scratch = new Product.Scratch(Math.max(longest, output[0].length));
    }

    /// That place in the array of each.
    int[] at(int place) {
        Arrays.fill(at, place);
        return at;
    }

    /// Where tap `k` of a layer is in the past of each.
    int[] atPast(int layer, int k) {
        for (int n = 0; n < at.length; n++) at[n] = streams[n].past.at(layer, k, 0);
        return at;
    }

    private float[][] ofEach(Function<StreamMemory, float[]> array) {
        return Arrays.stream(streams).map(array).toArray(float[][]::new);
    }
}
