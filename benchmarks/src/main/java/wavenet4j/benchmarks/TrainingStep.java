package wavenet4j.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

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

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Batch;
import wavenet4j.train.device.Computation;
import wavenet4j.train.device.TrainingDevice;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The gradient of a window of 16,000 targets on one thread: our kernels beside PyTorch's products.
/// An operation is a target.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules",
            "jdk.incubator.vector",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1"
        })
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrainingStep {
    private static final int TARGETS = 16_000;

    /// The network.
    @Param({"SMALL", "MEDIUM"})
    public ReferenceShape shape = ReferenceShape.SMALL;

    /// What computes it.
    @Param({"VECTOR", "PYTORCH"})
    public Kernels kernels = Kernels.VECTOR;

    private @Nullable Computation computation;
    private @Nullable Batch batch;
    private @Nullable NDManager manager;
    private float[] weights = new float[0];

    /// Makes a window of noise.
    @Setup
    public void open() throws IOException {
        ModelSpec spec = shape.spec();
        TrainingDevice device = TrainingDevice.processor().load();
        String key = kernels.name().toLowerCase(Locale.ROOT);
        TrainConfig config = TrainConfig.parse("", Map.of("training.kernels", key));
        computation = device.open(spec, config.training(), Kernels.AUTO);
        manager = device.newManager();
        weights = TrainingState.initial(spec, 1).weights();
        var random = new Random(1);
        var mask = new float[TARGETS];
        Arrays.fill(mask, 1);
        batch =
                new Batch(
                        1,
                        TARGETS,
                        random.longs(spec.receptiveField() + TARGETS - 1L, 0, 256).toArray(),
                        random.longs(TARGETS, 0, 256).toArray(),
                        mask,
                        new float[0]);
    }

    /// Forward and backward.
    @Benchmark
    @OperationsPerInvocation(TARGETS)
    public float gradient() {
        try (NDManager step = Objects.requireNonNull(manager).newSubManager();
                NDScope scope = new NDScope();
                var gradients = Engine.getInstance().newGradientCollector()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = step.create(weights);
            leaf.setRequiresGradient(true);
            return Objects.requireNonNull(computation)
                    .loss()
                    .backpropagate(leaf, Objects.requireNonNull(batch), 1, gradients);
        }
    }

    /// Gives the memory back.
    @TearDown
    public void close() {
        Objects.requireNonNull(manager).close();
        Objects.requireNonNull(computation).close();
    }
}
