package wavenet4j;

import org.jspecify.annotations.Nullable;

import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Sampling;
import wavenet4j.file.Safetensors;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Prime;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A network: its shape and its learned weights. Immutable in use, so that any number of generators
/// and threads share one.
///
/// @param spec the shape
/// @param weights the learned tensors
/// @param precision how the weights are stored, and so the precision that running them loses
///   nothing in
/// @param info what is known of its training, recordings and use
public record Model(ModelSpec spec, Weights weights, Precision precision, ModelInfo info) {
    // Streams of random numbers beside those of the samples, which count from 0.
    private static final int PRIME_STREAM = -1;
    private static final int LABEL_STREAM = -2;

    public Model {
        weights.requireShapesOf(spec);
        ModelFile.requirePrimes(spec, info);
    }

    /// A network fresh from [Weights#initial(ModelSpec, long)].
    public static Model initial(ModelSpec spec, long seed) {
        return new Model(spec, Weights.initial(spec, seed), Precision.FLOAT32, ModelInfo.NONE);
    }

    /// Reads a model file, trusting nothing in it.
    ///
    /// @throws wavenet4j.file.InvalidModelException with one sentence that names the file and what
    ///   is wrong with it
    /// @throws IOException when the file cannot be read at all
    public static Model load(Path file) throws IOException {
        return ModelFile.read(Safetensors.open(file));
    }

    /// Reads a model that lies elsewhere, such as a resource in a jar:
    /// `Model.load(MyProgram.class.getResource("piano.safetensors"))`.
    ///
    /// @throws IllegalArgumentException when it is null, as for a resource that is not there
    /// @throws wavenet4j.file.InvalidModelException when it is no model
    /// @throws IOException when it cannot be read at all
    public static Model load(@Nullable URL resource) throws IOException {
        if (resource == null) throw new IllegalArgumentException("there is no such resource");
        try (InputStream in = resource.openStream()) {
            return ModelFile.read(Safetensors.open(resource.toString(), in));
        }
    }

    /// Reads a model from a stream, to its end; the stream is not closed.
    ///
    /// @throws wavenet4j.file.InvalidModelException when it is no model
    /// @throws IOException when it cannot be read at all
    public static Model load(InputStream in) throws IOException {
        return ModelFile.read(Safetensors.open("the stream", in));
    }

    /// Reads a model from the bytes of its file.
    ///
    /// @throws wavenet4j.file.InvalidModelException when they are no model's
    public static Model load(byte[] bytes) throws IOException {
        return ModelFile.read(Safetensors.open("the array", bytes));
    }

    /// How takes are drawn where nothing else is asked for: at the temperature at which they come
    /// nearest to the recordings, where that was measured; otherwise as learned.
    public Sampling sampling() {
        return info.defaultSampling();
    }

    /// The levels that a take begins after: an excerpt of the training recordings, at most a
    /// receptive field long. Of the excerpts that share the most of the take's labels the seed
    /// draws one. Empty where the model holds none, or none with any of the take's labels: then the
    /// take begins after silence.
    public int[] prime(Take take) {
        Map<String, Float> labels = spec.labels().resolve(take.labels());
        float most = labels.isEmpty() ? 0 : Float.MIN_VALUE;
        var nearest = new ArrayList<Prime>();
        for (Prime prime : info.primes()) {
            float shared = 0;
            for (var label : labels.entrySet()) {
                if (prime.labels().contains(label.getKey())) shared += label.getValue();
            }
            if (shared < most) continue;
            if (shared > most) nearest.clear();
            most = shared;
            nearest.add(prime);
        }
        if (nearest.isEmpty()) return new int[0];
        return nearest.get(draw(take.seed(), 0, PRIME_STREAM, nearest.size())).levels();
    }

    /// Labels for a take that is given none, drawn by its seed: those of an excerpt of the training
    /// recordings where the model holds some, otherwise one of each kind, where `digit=7` is of the
    /// kind `digit`. Empty where the model has no labels.
    public Set<String> drawLabels(long seed) {
        List<Prime> primes = info.primes();
        if (!primes.isEmpty()) {
            return primes.get(draw(seed, 0, LABEL_STREAM, primes.size())).labels();
        }
        var kinds = new LinkedHashMap<String, List<String>>();
        for (String name : spec.labels().names()) {
            String kind = name.substring(0, Math.max(0, name.indexOf('=')));
            kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(name);
        }
        var drawn = new TreeSet<String>();
        for (List<String> names : kinds.values()) {
            drawn.add(names.get(draw(seed, drawn.size(), LABEL_STREAM, names.size())));
        }
        return drawn;
    }

    private static int draw(long seed, long position, int stream, int bound) {
        return (int) (Philox.uniform(seed, position, stream) * bound);
    }

    /// The same network with other information.
    public Model with(ModelInfo info) {
        return new Model(spec, weights, precision, info);
    }

    /// The same network with each weight rounded to the nearest value of that precision, as
    /// [Weights#roundedTo(Precision, ModelSpec)] does.
    public Model roundedTo(Precision precision) {
        return new Model(spec, weights.roundedTo(precision, spec), precision, info);
    }

    /// Writes a model file whole: to a temporary file beside it, then renamed over it. Where the
    /// precision is bfloat16, the weights are rounded to it.
    ///
    /// @throws IllegalArgumentException when a weight is not a finite number, or the precision is
    ///   neither float32 nor bfloat16
    /// @throws IOException when the file cannot be written; what stood there still stands
    public void save(Path file) throws IOException {
        ModelFile.write(this, file);
    }
}
