package wavenet4j.cuda.internal.compile;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.cuda.internal.plan.Planner;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Labels;
import wavenet4j.testing.Channels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One of the kernels to be precompiled.
public record PrecompiledFiles(Layout layout, int architecture) {
    /// Where they lie, from the module's folder.
    public static final Path FOLDER = Path.of("src/main/resources/wavenet4j/cuda/ptx");

    private static final Path MODELS = Path.of("../cli/src/main/resources/wavenet4j/models");

    /// Of each generation one in data centres or on desks; what the planner asks of them is as the
    /// driver says it.
    static final List<GpuProperties> CARDS =
            List.of(
                    new GpuProperties("H200", 90, 132, 232_448, 141L << 30, 13_000, true, true),
                    new GpuProperties("A100", 80, 108, 166_912, 80L << 30, 13_000, true, false),
                    new GpuProperties(
                            "GeForce RTX 4090", 89, 128, 101_376, 24L << 30, 13_000, true, false),
                    new GpuProperties(
                            "GeForce RTX 3090", 86, 82, 101_376, 24L << 30, 13_000, true, false),
                    new GpuProperties("T4", 75, 40, 65_536, 16L << 30, 13_000, true, false));

    private static final Planner.Reach[] REACHES = {
        Planner.Reach.LARGE_CLUSTERS, Planner.Reach.GRID
    };

    private static final int[] STREAMS = {1, 8, 1024};

    public String name() {
        return PrecompiledKernels.name(layout, architecture);
    }

    /// What the planner chooses for the bundled models and the design's shapes on those cards, and
    /// where that is clusters, what it chooses on a card or a driver that has none; but no ibab in
    /// float32, to keep the jar small.
    public static SequencedSet<PrecompiledFiles> all() throws IOException {
        var all = new LinkedHashSet<PrecompiledFiles>();
        var specs = new ArrayList<>(List.of(medium(), small(), ibab()));
        specs.addAll(bundled());
        for (ModelSpec spec : specs) {
            for (GpuProperties card : CARDS) {
                for (int streams : STREAMS) {
                    for (boolean strict : new boolean[] {false, true}) {
                        if (strict && spec.equals(ibab())) continue;
                        for (var reach : REACHES) {
                            var planner = new Planner(card, Planner.THREADS, reach);
                            if (planner.plan(spec, strict, streams)
                                    instanceof Found<Plan>(var plan)) {
                                all.add(of(plan.layout(), card));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    private static PrecompiledFiles of(Layout layout, GpuProperties card) {
        return new PrecompiledFiles(layout, KernelSource.architecture(card, layout));
    }

    /// The design's shapes.
    public static ModelSpec medium() {
        return spec(64, 64, 256, 256, 2);
    }

    public static ModelSpec small() {
        return spec(32, 32, 128, 256, 2);
    }

    public static ModelSpec ibab() {
        return spec(32, 32, 512, 512, 5);
    }

    private static ModelSpec spec(int residual, int gate, int skip, int head, int cycles) {
        List<Integer> dilations =
                IntStream.range(0, 10 * cycles).mapToObj(layer -> 1 << layer % 10).toList();
        var channels = new Channels(residual, gate, skip, head);
        return channels.spec(16_000, new Distribution.Categorical(256), 2, dilations, Labels.NONE);
    }

    private static List<ModelSpec> bundled() throws IOException {
        var specs = new ArrayList<ModelSpec>();
        try (Stream<Path> files = Files.list(MODELS)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".safetensors")) specs.add(Model.load(file).spec());
            }
        }
        if (specs.isEmpty()) throw new AssertionError("there are no models in " + MODELS);
        return specs;
    }
}
