package wavenet4j.train.checkpoint;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.file.InvalidModelException;
import wavenet4j.file.Safetensors;
import wavenet4j.file.SafetensorsWriter;
import wavenet4j.info.ModelInfo;
import wavenet4j.spec.Precision;
import wavenet4j.spec.Shape;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.network.TensorSpan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The state of a training, from which it resumes exactly: what a checkpoint holds. The data
/// position follows from the step.
///
/// @param step optimizer steps so far
/// @param seconds of training so far
/// @param rateScale the factor on the learning rate, below 1 after rollbacks
/// @param best evaluation so far
/// @param microBatchBytes the limit on a micro-batch's memory after one did not fit, on which the
///   rounding of the gradients depends; [Long#MAX_VALUE] for none
/// @param kernels that compute the gradients, on which their rounding depends too; [Kernels#AUTO]
///   while they are not chosen
/// @param weights all tensors end to end
/// @param averaged the running average of the weights, which is evaluated and kept
/// @param moment1 Adam's mean of the gradients
/// @param moment2 Adam's mean of their squares
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TrainingState(
        long step,
        double seconds,
        double rateScale,
        EarlyStopping best,
        long microBatchBytes,
        Kernels kernels,
        float[] weights,
        float[] averaged,
        float[] moment1,
        float[] moment2) {
    private static final String FORMAT = "wavenet4j-checkpoint/2";
    private static final String METRICS_BYTES = "metricsBytes";
    private static final List<String> TENSORS =
            List.of("weights", "averaged", "moment1", "moment2");

    /// The state before the first step, with random weights.
    public static TrainingState initial(ModelSpec spec, long seed) {
        return initial(Weights.initial(spec, seed));
    }

    /// The state before the first step.
    public static TrainingState initial(Weights start) {
        float[] weights = flatten(start);
        int n = weights.length;
        return new TrainingState(
                0,
                0,
                1,
                EarlyStopping.NONE,
                Long.MAX_VALUE,
                Kernels.AUTO,
                weights,
                weights.clone(),
                new float[n],
                new float[n]);
    }

    /// Writes a checkpoint, whole or not at all.
    ///
    /// @param fingerprint of the data and the network
    /// @param metricsBytes how long the run's metrics are
    public void write(Path file, RunFingerprint fingerprint, long metricsBytes) throws IOException {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("format", FORMAT);
        metadata.put("step", Long.toString(step));
        metadata.put("seconds", Double.toString(seconds));
        metadata.put("rateScale", Double.toString(rateScale));
        metadata.put("bestBits", Double.toString(best.bits()));
        metadata.put("bestStep", Long.toString(best.step()));
        metadata.put("looksSinceBest", Integer.toString(best.evaluationsSince()));
        metadata.put("partBytes", Long.toString(microBatchBytes));
        metadata.put("kernels", kernels.name());
        metadata.put(METRICS_BYTES, Long.toString(metricsBytes));
        metadata.put("data", fingerprint.text());
        var tensors = new LinkedHashMap<String, float[]>();
        tensors.put("weights", weights);
        tensors.put("averaged", averaged);
        tensors.put("moment1", moment1);
        tensors.put("moment2", moment2);
        var shapes = new LinkedHashMap<String, Shape>();
        tensors.forEach((name, values) -> shapes.put(name, Shape.of(values.length)));
        SafetensorsWriter.write(file, metadata, shapes, tensors, Precision.FLOAT32);
    }

    /// Reads a checkpoint of a network of that shape.
    ///
    /// @throws InvalidModelException when it is damaged, or of another network
    /// @throws IllegalArgumentException when it was trained on other data or with another network
    public static TrainingState read(Path file, ModelSpec spec, RunFingerprint fingerprint)
            throws IOException {
        var tensors = Safetensors.open(file);
        Map<String, String> metadata = tensors.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw new InvalidModelException(file, "its format is not " + FORMAT);
        }
        // Checked before anything else in the metadata is used: the checksum covers it too.
        var values = new Weights(tensors.requireChecksum().readAll());
        var trained = RunFingerprint.parse(metadata.getOrDefault("data", ""));
        if (!trained.equals(fingerprint)) {
            throw new IllegalArgumentException(
                    "%s was trained with other %s; give it the same by --data or --labels, or begin another run"
                            .formatted(file, fingerprint.differenceTo(trained)));
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
                    new EarlyStopping(
                            Double.parseDouble(metadata.getOrDefault("bestBits", "")),
                            Long.parseLong(metadata.getOrDefault("bestStep", "")),
                            Integer.parseInt(metadata.getOrDefault("looksSinceBest", ""))),
                    Long.parseLong(metadata.getOrDefault("partBytes", "")),
                    kernels(file, metadata),
                    values.tensor("weights"),
                    values.tensor("averaged"),
                    values.tensor("moment1"),
                    values.tensor("moment2"));
        } catch (NumberFormatException e) {
            throw new InvalidModelException(file, "its counters are not numbers");
        }
    }

    /// Checkpoints of before there was a choice have none.
    private static Kernels kernels(Path file, Map<String, String> metadata)
            throws InvalidModelException {
        String name = metadata.getOrDefault("kernels", Kernels.PYTORCH.name());
        try {
            return Kernels.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(file, "its kernels \"" + name + "\" are none of ours");
        }
    }

    /// The length of the run's metrics when that checkpoint, which must be whole, was written.
    public static long metricsBytes(Path file) throws IOException {
        return Long.parseLong(Safetensors.open(file).metadata().getOrDefault(METRICS_BYTES, "0"));
    }

    /// The averaged weights as a model in bfloat16: half the size and faster, at a loss in quality
    /// far below the noise of an evaluation.
    public Model model(ModelSpec spec, ModelInfo info) {
        Weights rounded = averagedWeights(spec).roundedTo(Precision.BFLOAT16, spec);
        return new Model(spec, rounded, Precision.BFLOAT16, info);
    }

    /// The averaged weights by tensor.
    public Weights averagedWeights(ModelSpec spec) {
        var tensors = new LinkedHashMap<String, float[]>();
        for (TensorSpan span : TensorSpan.all(spec)) {
            tensors.put(
                    span.tensor().name(),
                    Arrays.copyOfRange(averaged, (int) span.from(), (int) span.to()));
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
