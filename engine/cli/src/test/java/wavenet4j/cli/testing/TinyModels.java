package wavenet4j.cli.testing;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.distribution.Distribution;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Preprocessing;
import wavenet4j.info.TrainingData;
import wavenet4j.info.TrainingFacts;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Models and recordings that are small enough to be quick.
public final class TinyModels {
    public static final int RATE = 4000;

    private TinyModels() {}

    public static Model model(List<String> labels, ModelInfo info) {
        return model(new Distribution.Categorical(64), labels, info);
    }

    public static Model model(Distribution output, List<String> labels, ModelInfo info) {
        var spec =
                new ModelSpec(
                        RATE,
                        output,
                        new DilatedConvolutions(4, 4, 8, 2, List.of(1, 2, 4, 8)),
                        new SampleHead(8),
                        Conditioning.onLabels(labels, 3));
        Model fresh = Model.initial(spec, 5);
        return new Model(spec, fresh.weights(), fresh.precision(), info);
    }

    /// What a model says whose recordings were preprocessed like that.
    public static ModelInfo preprocessed(boolean normalize, boolean leadIn, double tailSeconds) {
        var preprocessing = new Preprocessing(null, normalize, leadIn, tailSeconds);
        return new ModelInfo(preprocessing, null, null, null, List.of(), null, null, Map.of());
    }

    /// What a model says from whose training these recordings were held out.
    public static ModelInfo heldOut(String... names) {
        var data = new TrainingData("data", "none", List.of(names));
        return new ModelInfo(Preprocessing.NONE, null, data, null, List.of(), null, null, Map.of());
    }

    /// What a model says whose training is known.
    public static ModelInfo trained(TrainingFacts training) {
        return new ModelInfo(
                Preprocessing.NONE, training, null, null, List.of(), null, null, Map.of());
    }

    /// A tone that rises and falls in strength.
    public static float[] tone(double hertz, int samples) {
        var tone = new float[samples];
        for (int t = 0; t < samples; t++) {
            double strength = 0.6 + 0.3 * Math.sin(2 * Math.PI * t / RATE);
            tone[t] = (float) (strength * Math.sin(2 * Math.PI * hertz * t / RATE));
        }
        return tone;
    }

    public static Path write(Path file, float[] samples) throws IOException {
        Files.createDirectories(file.getParent());
        try (var writer = WavWriter.to(file, RATE)) {
            writer.write(samples, 0, samples.length);
        }
        return file;
    }
}
