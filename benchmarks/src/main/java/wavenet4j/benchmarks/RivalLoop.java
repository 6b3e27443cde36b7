package wavenet4j.benchmarks;

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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import wavenet4j.Model;
import wavenet4j.benchmarks.rivals.Rival;

import java.util.concurrent.TimeUnit;

/// The measurement of [SampleLoop] with other libraries: the same networks, weights and takes.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true"
        })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 2)
public class RivalLoop {
    private static final int SAMPLES = 100;
    private static final int FEW_SAMPLES = 10;

    /// DJL NDArrays, tick by tick.
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public int[] ndArrays(NDArrays stream) {
        return stream.next();
    }

    /// DJL NDArrays, the whole receptive field for each sample.
    @Benchmark
    @OperationsPerInvocation(FEW_SAMPLES)
    public int[] wholeWindow(WholeWindow stream) {
        return stream.next();
    }

    /// TorchScript.
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public int[] torchScript(TorchScript stream) {
        return stream.next();
    }

    /// ONNX Runtime.
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public int[] onnxRuntime(OnnxRuntime stream) {
        return stream.next();
    }

    /// A stream on NDArrays.
    @State(Scope.Thread)
    public static class NDArrays extends RivalStream {
        /// The network.
        @Param({"SMALL", "MEDIUM", "IBAB"})
        public ReferenceShape shape = ReferenceShape.SMALL;

        /// Opens the generator.
        @Setup
        public void open() {
            open(Rival.ND_ARRAYS, shape, 1, SAMPLES);
        }
    }

    /// A stream on whole windows.
    @State(Scope.Thread)
    public static class WholeWindow extends RivalStream {
        /// The network.
        @Param("SMALL")
        public ReferenceShape shape = ReferenceShape.SMALL;

        /// The threads within an operator.
        @Param({"1", "2"})
        public int threads = 1;

        /// Opens the generator.
        @Setup
        public void open() {
            open(Rival.WHOLE_WINDOW, shape, threads, FEW_SAMPLES);
        }
    }

    /// A stream on TorchScript.
    public static class TorchScript extends Tuned {
        /// Opens the generator.
        @Setup
        public void open() {
            open(Rival.TORCH_SCRIPT, shape, threads, SAMPLES);
        }
    }

    /// A stream on ONNX Runtime.
    public static class OnnxRuntime extends Tuned {
        /// Opens the generator.
        @Setup
        public void open() {
            open(Rival.ONNX_RUNTIME, shape, threads, SAMPLES);
        }
    }

    /// A rival that supports several threads, fast enough for every network.
    @State(Scope.Thread)
    public abstract static class Tuned extends RivalStream {
        /// The network.
        @Param({"SMALL", "MEDIUM", "IBAB"})
        public ReferenceShape shape = ReferenceShape.SMALL;

        /// The threads within an operator.
        @Param({"1", "2"})
        public int threads = 1;
    }

    /// The generator of a rival.
    abstract static class RivalStream extends GeneratorState {
        final void open(Rival rival, ReferenceShape shape, int threads, int samples) {
            open(rival.open(Model.initial(shape.spec(), 1), threads), samples);
        }
    }
}
