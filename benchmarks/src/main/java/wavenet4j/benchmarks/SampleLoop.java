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
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.backend.Backends;
import wavenet4j.spec.Precision;

import java.util.concurrent.TimeUnit;

/// Samples a second of one stream, or of several streams in total, sampling included. Weights are
/// random, as speed does not depend on them.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class SampleLoop {
    private static final int SAMPLES = 1000;

    /// The next samples on the cpu backend.
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public int[] cpu(Cpu stream) {
        return stream.next();
    }

    /// The next samples of eight streams at once on the cpu backend, on one thread.
    @Benchmark
    @OperationsPerInvocation(8 * SAMPLES)
    public int[][] eightStreams(EightStreams streams) {
        return streams.next();
    }

    /// The next samples of sixteen streams at once on the cpu backend, on two threads.
    @Benchmark
    @OperationsPerInvocation(16 * SAMPLES)
    public int[][] sixteenStreams(SixteenStreams streams) {
        return streams.next();
    }

    /// The next samples on the reference backend: for the small network only, as it is slow.
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public int[] reference(Reference stream) {
        return stream.next();
    }

    /// A stream on the cpu backend.
    @State(Scope.Thread)
    public static class Cpu extends GeneratorState {
        /// The network.
        @Param({"SMALL", "MEDIUM", "IBAB"})
        public ReferenceShape shape = ReferenceShape.SMALL;

        /// The precision of the weights while it runs.
        @Param({"BFLOAT16", "FLOAT32", "INT8"})
        public Precision precision = Precision.BFLOAT16;

        /// The threads that share one stream.
        @Param({"1", "2"})
        public int threads = 1;

        /// Opens the generator.
        @Setup
        public void open() {
            var model = Model.initial(shape.spec(), 1);
            var backend = Backends.named("cpu", model.spec()).backend();
            open(backend.open(model, precision, threads), SAMPLES);
        }
    }

    /// Streams on the cpu backend.
    @State(Scope.Thread)
    public abstract static class ManyStreams {
        /// The network.
        @Param({"SMALL", "MEDIUM", "IBAB"})
        public ReferenceShape shape = ReferenceShape.SMALL;

        /// The precision of the weights while they run.
        @Param({"BFLOAT16", "INT8"})
        public Precision precision = Precision.BFLOAT16;

        private int[][] levels = {};
        private @Nullable Streams streams;

        final void open(int threads, int count) {
            var model = Model.initial(shape.spec(), 1);
            var backend = Backends.named("cpu", model.spec()).backend();
            streams = backend.openStreams(model, precision, threads, count);
            for (int n = 0; n < count; n++) streams.reset(n, Take.ofSeed(n));
            levels = new int[count][SAMPLES];
        }

        final int[][] next() {
            requireNonNull(streams).generate(levels, 0, SAMPLES);
            return levels;
        }

        /// Closes the streams.
        @TearDown
        public void close() {
            requireNonNull(streams).close();
        }
    }

    /// Eight streams on one thread.
    public static class EightStreams extends ManyStreams {
        /// Opens the streams.
        @Setup
        public void open() {
            open(1, 8);
        }
    }

    /// Sixteen streams on two threads.
    public static class SixteenStreams extends ManyStreams {
        /// Opens the streams.
        @Setup
        public void open() {
            open(2, 16);
        }
    }

    /// A stream on the reference backend.
    @State(Scope.Thread)
    public static class Reference extends GeneratorState {
        /// The network.
        @Param("SMALL")
        public ReferenceShape shape = ReferenceShape.SMALL;

        /// Opens the generator.
        @Setup
        public void open() {
            var model = Model.initial(shape.spec(), 1);
            var backend = Backends.named("reference", model.spec()).backend();
            open(backend.open(model, Precision.FLOAT32, 1), SAMPLES);
        }
    }
}
