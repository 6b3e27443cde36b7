package wavenet4j;

import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A network: its shape and its learned weights. Immutable in use, so that any number of generators
/// and threads share one.
///
/// @param spec the shape
/// @param weights the learned tensors
/// @param precision how the weights are stored, and so the precision that running them loses
///   nothing in
/// @param training where the model came from (steps, data, held-out bits per sample, licence), as
///   written by whoever trained it
public record Model(
        ModelSpec spec, Weights weights, Precision precision, Map<String, String> training) {
    public Model {
        weights.requireShapesOf(spec);
        training = Collections.unmodifiableMap(new LinkedHashMap<>(training)); // in its order
    }

    /// In [#training], the temperature at which takes come nearest to the recordings.
    private static final String TEMPERATURE = "temperature";

    /// A network fresh from [Weights#initial(ModelSpec, long)].
    public static Model initial(ModelSpec spec, long seed) {
        return new Model(spec, Weights.initial(spec, seed), Precision.FLOAT32, Map.of());
    }

    /// Reads a model file, trusting nothing in it.
    ///
    /// @throws wavenet4j.file.InvalidModelException with one sentence that names the file and what
    ///   is wrong with it
    /// @throws IOException when the file cannot be read at all
    public static Model load(Path file) throws IOException {
        return ModelFile.read(file);
    }

    /// How takes are drawn where nobody says otherwise: at the temperature at which they come
    /// nearest to the recordings, where that was measured and is one; otherwise as learned.
    public Sampling sampling() {
        String measured = training.get(TEMPERATURE);
        if (measured == null) return Sampling.DEFAULT;
        try {
            return new Sampling(Float.parseFloat(measured), 0, 1);
        } catch (IllegalArgumentException _) { // a number's format, or its range
            return Sampling.DEFAULT;
        }
    }

    /// The same network, whose takes come nearest to the recordings at that temperature.
    ///
    /// @throws IllegalArgumentException when it is no temperature
    public Model at(float temperature) {
        var told = new LinkedHashMap<>(training);
        told.put(TEMPERATURE, String.valueOf(new Sampling(temperature, 0, 1).temperature()));
        return new Model(spec, weights, precision, told);
    }

    /// The same network with each weight rounded to the nearest value of that precision, as
    /// [Weights#roundedTo(Precision, ModelSpec)] does.
    public Model roundedTo(Precision precision) {
        return new Model(spec, weights.roundedTo(precision, spec), precision, training);
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
