package wavenet4j.cli.eval;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.audio.Clip;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.audio.corpus.SilenceTrimming;
import wavenet4j.distribution.Quantizer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What training made of each recording, as the model's file tells, so that it is scored on the
/// same.
///
/// @param leadIn whether silence came before each recording, so that its first samples count too
/// @param tailSeconds of silence after it
/// @param normalize whether it was scaled to a peak of 1
/// @param trimDb how far below its peak silence was trimmed; null if it was not
record Preprocessing(
        boolean leadIn, double tailSeconds, boolean normalize, @Nullable Double trimDb) {

    /// The treatment of that model's recordings; what its file leaves out was not done.
    static Preprocessing of(Model model) {
        Map<String, String> training = model.training();
        String trim = training.get("trimDb");
        return new Preprocessing(
                Boolean.parseBoolean(training.get("leadIn")),
                number("tailSeconds", training.getOrDefault("tailSeconds", "0"), 0, 60),
                Boolean.parseBoolean(training.get("normalize")),
                trim == null ? null : number("trimDb", trim, -1000, -1e-9));
    }

    /// How to read recordings for that network.
    Corpus.Options options(ModelSpec spec) {
        return new Corpus.Options(
                OptionalInt.of(spec.sampleRate()),
                Optional.ofNullable(trimDb).map(SilenceTrimming::below),
                normalize);
    }

    /// A recording, read with those options, as levels.
    int[] levels(Clip clip, ModelSpec spec) {
        Quantizer quantizer = spec.quantizer();
        int length = clip.samples().length;
        var levels = new int[length + (int) (tailSeconds * spec.sampleRate())];
        Arrays.fill(levels, length, levels.length, quantizer.silence());
        for (int t = 0; t < length; t++) levels[t] = quantizer.encode(clip.samples()[t]);
        return levels;
    }

    /// The first sample whose whole context is known.
    int firstScored(ModelSpec spec) {
        return leadIn ? 0 : spec.receptiveField();
    }

    private static double number(String key, String text, double least, double most) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException _) {
            value = Double.NaN;
        }
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "the model's file says %s = %s, which is no number from %s to %s"
                            .formatted(key, text, least, most));
        }
        return value;
    }
}
