package wavenet4j.benchmarks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.TearDown;

import wavenet4j.Generator;

/// A generator and where it writes.
abstract class Stream {
    private int[] levels = {};
    private @Nullable Generator generator;

    /// @param samples to generate at each call of [#next]
    final void open(Generator generator, int samples) {
        this.generator = generator;
        levels = new int[samples];
    }

    final int[] next() {
        requireNonNull(generator).generate(levels, 0, levels.length);
        return levels;
    }

    /// Closes the generator.
    @TearDown
    public void close() {
        requireNonNull(generator).close();
    }
}
