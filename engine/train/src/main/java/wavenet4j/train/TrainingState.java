package wavenet4j.train;

import wavenet4j.InvalidModelException;
import wavenet4j.ModelSpec;
import wavenet4j.Precision;
import wavenet4j.Safetensors;
import wavenet4j.Shape;
import wavenet4j.WaveNet;
import wavenet4j.Weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that a run needs to go on as if it had never stopped. The order of the windows, and with it
/// the data position, follows from the step.
///
/// @param step how many optimizer steps are done
/// @param seconds spent training so far
/// @param rateScale what the learning rate is multiplied with, below 1 after setbacks
/// @param bestBits the fewest held-out bits per sample so far; infinite before the first look
/// @param weights of all tensors end to end
/// @param averaged their running average, which is what is validated and kept
/// @param moment1 Adam's mean of the gradients
/// @param moment2 Adam's mean of their squares
@SuppressWarnings("ArrayRecordComponent") // never compared
record TrainingState(
        long step,
        double seconds,
        double rateScale,
        double bestBits,
        float[] weights,
        float[] averaged,
        float[] moment1,
        float[] moment2) {
    private static final String FORMAT = "wavenet4j-checkpoint/1";
    private static final List<String> TENSORS =
            List.of("weights", "averaged", "moment1", "moment2");

    /// Before the first step of a network with fresh weights.
    static TrainingState initial(ModelSpec spec, long seed) {
        return initial(Weights.initial(spec, seed));
    }

    /// Before the first step.
    static TrainingState initial(Weights start) {
        float[] weights = flatten(start);
        int n = weights.length;
        return new TrainingState(
                0,
                0,
                1,
                Double.POSITIVE_INFINITY,
                weights,
                weights.clone(),
                new float[n],
                new float[n]);
    }

    /// The same with another rate scale and best.
    TrainingState with(double rateScale, double bestBits) {
        return new TrainingState(
                step, seconds, rateScale, bestBits, weights, averaged, moment1, moment2);
    }

    /// Writes a checkpoint, whole or not at all.
    ///
    /// @param fingerprint of the data and the network, [Dataset#fingerprint()]
    void write(Path file, String fingerprint) throws IOException {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("format", FORMAT);
        metadata.put("step", Long.toString(step));
        metadata.put("seconds", Double.toString(seconds));
        metadata.put("rateScale", Double.toString(rateScale));
        metadata.put("bestBits", Double.toString(bestBits));
        metadata.put("data", fingerprint);
        var tensors = new LinkedHashMap<String, float[]>();
        tensors.put("weights", weights);
        tensors.put("averaged", averaged);
        tensors.put("moment1", moment1);
        tensors.put("moment2", moment2);
        var shapes = new LinkedHashMap<String, Shape>();
        tensors.forEach((name, values) -> shapes.put(name, Shape.of(values.length)));
        Safetensors.write(file, metadata, shapes, tensors, Precision.FLOAT32);
    }

    /// Reads a checkpoint of a network of that shape.
    ///
    /// @throws InvalidModelException when it is damaged, or of another network
    /// @throws IllegalArgumentException when it was trained on other data or with another network
    static TrainingState read(Path file, ModelSpec spec, String fingerprint) throws IOException {
        var tensors = Safetensors.open(file);
        Map<String, String> metadata = tensors.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw new InvalidModelException(file, "its format is not " + FORMAT);
        }
        // Before anything else in the metadata is believed: the checksum covers it too.
        var values = new Weights(tensors.requireChecksum().readAll());
        if (!fingerprint.equals(metadata.get("data"))) {
            throw new IllegalArgumentException(
                    ("%s was trained on other recordings, or with other network or data settings;"
                                    + " give the same to go on with it, or start a new run")
                            .formatted(file));
        }
        var wanted = new LinkedHashMap<String, Shape>();
        for (String name : TENSORS) wanted.put(name, Shape.of((int) spec.parameters()));
        if (!wanted.equals(tensors.shapes())) {
            throw new InvalidModelException(
                    file,
                    "its tensors are %s where the run has %s".formatted(tensors.shapes(), wanted));
        }
        try {
            return new TrainingState(
                    Long.parseLong(metadata.getOrDefault("step", "")),
                    Double.parseDouble(metadata.getOrDefault("seconds", "")),
                    Double.parseDouble(metadata.getOrDefault("rateScale", "")),
                    Double.parseDouble(metadata.getOrDefault("bestBits", "")),
                    values.tensor("weights"),
                    values.tensor("averaged"),
                    values.tensor("moment1"),
                    values.tensor("moment2"));
        } catch (NumberFormatException e) {
            throw new InvalidModelException(file, "its counters are not numbers");
        }
    }

    /// The averaged weights as a model, in bfloat16: half the size and the faster to run, at a cost
    /// far below what one more look at the data changes.
    WaveNet model(ModelSpec spec, Map<String, String> training) {
        Weights rounded = averagedWeights(spec).roundedTo(Precision.BFLOAT16);
        return new WaveNet(spec, rounded, Precision.BFLOAT16, training);
    }

    /// The averaged weights by tensor.
    Weights averagedWeights(ModelSpec spec) {
        var tensors = new LinkedHashMap<String, float[]>();
        int from = 0;
        for (var tensor : spec.tensors().entrySet()) {
            int to = from + (int) tensor.getValue().size();
            tensors.put(tensor.getKey(), Arrays.copyOfRange(averaged, from, to));
            from = to;
        }
        return new Weights(tensors);
    }

    private static float[] flatten(Weights weights) {
        int n = weights.tensors().values().stream().mapToInt(t -> t.length).sum();
        var flat = new float[n];
        int at = 0;
        for (float[] tensor : weights.tensors().values()) {
            System.arraycopy(tensor, 0, flat, at, tensor.length);
            at += tensor.length;
        }
        return flat;
    }
}
