package wavenet4j.cuda.check;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.backend.Backends;
import wavenet4j.spec.Precision;
import wavenet4j.testing.TestModels;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A network that is checked, with its name.
record CheckedNetwork(String name, Model model) {
    private static final long SEED = 20;

    /// One whose sizes are no multiples of the kernel's tiles and chunks.
    static CheckedNetwork awkward() {
        var channels = TestModels.channels(48, 40, 72, 56);
        var spec = TestModels.spec(256, channels, 3, List.of(1, 3, 7, 2, 12, 5, 9));
        return random("awkward", TestModels.labelled(spec, 3, 5));
    }

    /// The shapes for which speeds are published.
    static List<CheckedNetwork> references() {
        return List.of(
                random("medium", stacks(64, 64, 256, 256, 2)),
                random("small", stacks(32, 32, 128, 256, 2)),
                random("ibab", stacks(32, 32, 512, 512, 5)));
    }

    private static ModelSpec stacks(int residual, int gate, int skip, int head, int stacks) {
        List<Integer> stack = IntStream.range(0, 10).mapToObj(i -> 1 << i).toList();
        var dilations = Collections.nCopies(stacks, stack).stream().flatMap(List::stream).toList();
        return TestModels.spec(256, TestModels.channels(residual, gate, skip, head), 2, dilations);
    }

    static CheckedNetwork random(String name, ModelSpec spec) {
        return new CheckedNetwork(name, TestModels.random(spec, SEED));
    }

    /// A bundled model.
    ///
    /// @param models the folder of `*.safetensors`
    static CheckedNetwork bundled(Path models, String name) throws IOException {
        return new CheckedNetwork(name, Model.load(models.resolve(name + ".safetensors")));
    }

    ModelSpec spec() {
        return model.spec();
    }

    /// A small one for the run under a sanitizer.
    static CheckedNetwork small() {
        var spec = TestModels.spec(256, TestModels.channels(48, 40, 72, 56), 3, List.of(1, 3, 2));
        return random("short", TestModels.labelled(spec, 3, 5));
    }

    /// The network with its weights rounded to that precision, for backends that run float32.
    CheckedNetwork roundedTo(Precision precision) {
        var weights = model.weights().roundedTo(precision, model.spec());
        return new CheckedNetwork(
                name, new Model(spec(), weights, Precision.FLOAT32, model.info()));
    }

    /// One stream of it on the processor, in float32.
    ///
    /// @param backend `reference` or `cpu`
    Generator onProcessor(String backend) {
        int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
        return Backends.named(backend, spec()).backend().open(model, Precision.FLOAT32, threads);
    }

    /// The first and the last of its labels, if it has any.
    Map<String, Float> labels() {
        List<String> names = spec().labels().names();
        if (names.size() < 2) return names.isEmpty() ? Map.of() : Map.of(names.getFirst(), 1f);
        return Map.of(names.getFirst(), 0.75f, names.getLast(), 0.5f);
    }
}
