package wavenet4j.audio;

import java.util.Locale;
import java.util.Optional;

/// Keeps decoded samples within full scale: float files, and lossy codecs, may go beyond it.
final class Levels {
    private Levels() {}

    /// Scales samples that pass full scale down to it, which keeps their shape where clipping would
    /// not, and says so.
    static Optional<String> fit(float[] samples) {
        float peak = new Clip(samples, 1).peak();
        if (peak <= 1) return Optional.empty();
        for (int i = 0; i < samples.length; i++) samples[i] /= peak;
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "peaks %.1f dB above full scale and was scaled down to it",
                        20 * Math.log10(peak)));
    }
}
