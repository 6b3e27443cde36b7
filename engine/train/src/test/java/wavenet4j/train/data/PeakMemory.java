package wavenet4j.train.data;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.network.AutogradNetwork;
import wavenet4j.train.testing.TinyRun;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The memory that autograd takes for a micro-batch. It is measured in a process of its own: one
/// that has run other tests holds memory that they freed, and takes that before it grows.
final class PeakMemory {
    static final Path STATUS = Path.of("/proc/self/status");
    static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private PeakMemory() {}

    /// A network of categories without conditioning.
    record Network(int width, int skip, int layers, int kernelSize) {
        ModelSpec spec() {
            List<Integer> dilations = IntStream.range(0, layers).mapToObj(i -> 1 << i % 6).toList();
            return new ModelSpec(
                    16_000,
                    new Distribution.Categorical(256),
                    new DilatedConvolutions(width, width, skip, kernelSize, dilations),
                    new SampleHead(skip),
                    Conditioning.NONE);
        }
    }

    /// Bytes that the process grows by at most, over what it held before the micro-batch.
    static long measureInFreshProcess(Network network, int targets, int rows)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), PeakMemory.class.getName()));
        IntStream.of(network.width, network.skip, network.layers, network.kernelSize, targets, rows)
                .mapToObj(Integer::toString)
                .forEach(command::add);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the measuring process failed: " + said);
        }
        return Long.parseLong(said.strip());
    }

    /// Measures and prints the bytes.
    ///
    /// @param args of the network, then targets and rows
    public static void main(String[] args) throws IOException {
        int[] sizes = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        ModelSpec spec = new Network(sizes[0], sizes[1], sizes[2], sizes[3]).spec();
        float[] weights = TrainingState.initial(spec, 1).weights();
        Batch batch = noise(spec, sizes[4], sizes[5]);
        learn(spec, weights, noise(spec, 500, 1));

        System.gc();
        Files.writeString(CLEAR, "5");
        long before = kilobytes("VmRSS:");
        learn(spec, weights, batch);
        System.out.println(1024 * (kilobytes("VmHWM:") - before));
    }

    private static Batch noise(ModelSpec spec, int targets, int rows) {
        List<int[]> levels =
                IntStream.range(0, rows)
                        .mapToObj(row -> TinyRun.noise(spec.receptiveField() + targets, 256, row))
                        .toList();
        return TinyRun.batch(spec, levels, new float[0], 0);
    }

    private static void learn(ModelSpec spec, float[] weights, Batch batch) {
        try (NDManager manager = TrainingDevice.processor().newManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = manager.create(weights);
            leaf.setRequiresGradient(true);
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                gradients.backward(new AutogradNetwork(spec).loss(leaf, batch));
            }
            if (!(leaf.getGradient().norm().getFloat() > 0)) {
                throw new IllegalStateException("no gradient");
            }
        }
    }

    private static long kilobytes(String key) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
