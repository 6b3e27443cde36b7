package wavenet4j.cuda;

import wavenet4j.ModelSpec;
import wavenet4j.WaveNet;
import wavenet4j.cuda.Finding.Found;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One of the kernels that are to be ready-made.
record ReadyMade(Layout layout, int architecture) {
    /// Where they lie, from the module's folder.
    static final Path FOLDER = Path.of("src/main/resources/wavenet4j/cuda/ptx");

    private static final Path MODELS = Path.of("../cli/src/main/resources/wavenet4j/models");

    /// Of each generation one in data centres or on desks; what the planner asks of them is as the
    /// driver says it.
    static final List<Card> CARDS =
            List.of(
                    new Card("H200", 90, 132, 232_448, 141L << 30, 13_000, true, true),
                    new Card("A100", 80, 108, 166_912, 80L << 30, 13_000, true, false),
                    new Card("GeForce RTX 4090", 89, 128, 101_376, 24L << 30, 13_000, true, false),
                    new Card("GeForce RTX 3090", 86, 82, 101_376, 24L << 30, 13_000, true, false),
                    new Card("T4", 75, 40, 65_536, 16L << 30, 13_000, true, false));

    private static final int[] STREAMS = {1, 8, 1024};

    String name() {
        return ReadyMadeKernels.name(layout, architecture);
    }

    /// What the planner chooses for the bundled models and the design's shapes on those cards; but
    /// no ibab in float32, to keep the jar small.
    static SequencedSet<ReadyMade> all() throws IOException {
        var all = new LinkedHashSet<ReadyMade>();
        var specs = new ArrayList<>(List.of(medium(), small(), ibab()));
        specs.addAll(bundled());
        for (ModelSpec spec : specs) {
            for (Card card : CARDS) {
                for (int streams : STREAMS) {
                    for (boolean strict : new boolean[] {false, true}) {
                        if (strict && spec.equals(ibab())) continue;
                        var planner = new Planner(card, Planner.THREADS);
                        if (planner.plan(spec, strict, streams) instanceof Found<Plan>(var plan)) {
                            all.add(of(plan.layout(), card));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static ReadyMade of(Layout layout, Card card) {
        return new ReadyMade(layout, KernelSource.architecture(card, layout));
    }

    /// The design's shapes.
    static ModelSpec medium() {
        return spec(64, 64, 256, 256, 2);
    }

    static ModelSpec small() {
        return spec(32, 32, 128, 256, 2);
    }

    static ModelSpec ibab() {
        return spec(32, 32, 512, 512, 5);
    }

    private static ModelSpec spec(int residual, int gate, int skip, int head, int cycles) {
        List<Integer> dilations =
                IntStream.range(0, 10 * cycles).mapToObj(layer -> 1 << layer % 10).toList();
        var channels = new ModelSpec.Channels(residual, gate, skip, head);
        return new ModelSpec(16_000, 256, channels, 2, dilations, ModelSpec.Labels.NONE);
    }

    private static List<ModelSpec> bundled() throws IOException {
        var specs = new ArrayList<ModelSpec>();
        try (Stream<Path> files = Files.list(MODELS)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".safetensors")) specs.add(WaveNet.load(file).spec());
            }
        }
        if (specs.isEmpty()) throw new AssertionError("there are no models in " + MODELS);
        return specs;
    }
}
