package wavenet4j;

import org.jspecify.annotations.Nullable;

import wavenet4j.distribution.Sampling;
import wavenet4j.file.Safetensors;
import wavenet4j.info.ModelInfo;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;

/// A network: its shape and its learned weights. Immutable in use, so that any number of generators
/// and threads share one.
///
/// @param spec the shape
/// @param weights the learned tensors
/// @param precision how the weights are stored, and so the precision that running them loses
///   nothing in
/// @param info what is known of its training, recordings and use
public record Model(ModelSpec spec, Weights weights, Precision precision, ModelInfo info) {
    public Model {
        weights.requireShapesOf(spec);
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
