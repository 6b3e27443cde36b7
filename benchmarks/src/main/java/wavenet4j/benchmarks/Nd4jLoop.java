package wavenet4j.benchmarks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.backend.Backends;
import wavenet4j.spec.Precision;

import java.util.concurrent.TimeUnit;

/// The measurement of [SampleLoop] on the nd4j backend: samples a second of all streams in total.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 2)
public class Nd4jLoop {
    /// Samples of a call in total: one each of 256 streams.
    static final int SAMPLES = 256;

    /// The next samples of the streams.
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public int[][] streams(Streams streams) {
        return streams.next();
    }

    /// Streams on the backend nd4j.
    @State(Scope.Thread)
    public static class Streams {
        /// The network.
        @Param({"SMALL", "MEDIUM", "IBAB"})
        public ReferenceShape shape = ReferenceShape.SMALL;

        /// The number of streams.
        @Param({"1", "16", "256"})
        public int streams = 1;

        private int[][] levels = {};
        private wavenet4j.@Nullable Streams opened;

        /// Opens the streams.
        @Setup
        public void open() {
            var model = Model.initial(shape.spec(), 1);
            var backend = Backends.named("nd4j", model.spec()).backend();
            opened = backend.openStreams(model, Precision.FLOAT32, 1, streams);
            for (int n = 0; n < streams; n++) opened.reset(n, Take.ofSeed(n));
            levels = new int[streams][SAMPLES / streams];
        }

        final int[][] next() {
            requireNonNull(opened).generate(levels, 0, levels[0].length);
            return levels;
        }

        /// Closes the streams.
        @TearDown
        public void close() {
            requireNonNull(opened).close();
        }
    }
}
