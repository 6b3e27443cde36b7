package wavenet4j.train.facts;

import wavenet4j.ModelSpec;
import wavenet4j.audio.Clip;
import wavenet4j.distribution.Quantizer;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.levels.Levels;

import java.util.List;

/// An excerpt of a recording.
///
/// @param recording its name
/// @param clip the audio, quantized as the network's levels
public record Excerpt(String recording, Clip clip) {
    /// The excerpt of that length with the most energy, or a whole recording where all are shorter.
    ///
    /// @param recordings at least one
    public static Excerpt loudest(
            List<EncodedRecording> recordings, ModelSpec spec, double seconds) {
        Quantizer quantizer = spec.quantizer();
        int wanted = Math.max(1, (int) Math.round(seconds * spec.sampleRate()));
        EncodedRecording loudest = recordings.getFirst();
        int start = 0;
        double most = -1;
        for (EncodedRecording recording : recordings) {
            Levels levels = recording.levels();
            double energy = 0; // of the `wanted` samples that end at t
            for (int t = 0; t < levels.length(); t++) {
                energy += square(quantizer.decode(levels.at(t)));
                if (t >= wanted) energy -= square(quantizer.decode(levels.at(t - wanted)));
                if (energy > most) {
                    most = energy;
                    loudest = recording;
                    start = Math.max(0, t + 1 - wanted);
                }
            }
        }
        int end = Math.min(loudest.levels().length(), start + wanted);
        float[] samples = quantizer.decode(loudest.levels().slice(start, end).toArray());
        return new Excerpt(loudest.name(), new Clip(samples, spec.sampleRate()));
    }

    private static double square(double a) {
        return a * a;
    }
}
