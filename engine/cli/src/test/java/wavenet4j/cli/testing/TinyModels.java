package wavenet4j.cli.testing;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.distribution.Distribution;
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

    public static Model model(List<String> labels, Map<String, String> training) {
        return model(new Distribution.Categorical(64), labels, training);
    }

    public static Model model(
            Distribution output, List<String> labels, Map<String, String> training) {
        var spec =
                new ModelSpec(
                        RATE,
                        output,
                        new DilatedConvolutions(4, 4, 8, 2, List.of(1, 2, 4, 8)),
                        new SampleHead(8),
                        Conditioning.onLabels(labels, 3));
        Model fresh = Model.initial(spec, 5);
        return new Model(spec, fresh.weights(), fresh.precision(), training);
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
