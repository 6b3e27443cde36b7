package wavenet4j.audio.analysis;

import java.util.ArrayList;
import java.util.List;

/// Checks audio for silence, white noise and clipping while it is generated.
public final class SignalCheck {
    private static final double FULL_SCALE = 0.98;
    private static final double MOSTLY_SILENT = 0.9;
    private static final double NOISE_FLATNESS = 0.5;
    private static final double TOO_MUCH_FULL_SCALE = 0.01;

    private final double[] frame = new double[FrameFeatures.SAMPLES];
    private int filled;
    private int frames;
    private int silentFrames;
    private double flatnessSum;
    private long samples;
    private long atFullScale;
    private double power;

    /// Appends `amplitudes[0, count)`.
    public void add(float[] amplitudes, int count) {
        for (int i = 0; i < count; i++) {
            double a = amplitudes[i];
            samples++;
            power += a * a;
            if (Math.abs(a) >= FULL_SCALE) atFullScale++;
            frame[filled++] = a;
            if (filled == frame.length) endFrame();
        }
    }

    /// The root mean square so far, in dB of full scale; at least -100.
    public double decibels() {
        return 10 * Math.log10(Math.max(1e-10, power / Math.max(1, samples)));
    }

    /// The fraction of frames that are silent: below -60 dB of full scale.
    public double silentShare() {
        return frames == 0 ? 0 : (double) silentFrames / frames;
    }

    /// The mean spectral flatness of the frames that are not silent: 1 for white noise, near 0 for
    /// tones and voices; 0 if all are silent.
    public double flatness() {
        int sounding = frames - silentFrames;
        return sounding == 0 ? 0 : flatnessSum / sounding;
    }

    /// Level, silence and flatness in one line.
    public String summary() {
        return "level %.1f dB, %.0f %% silent, flatness %.2f"
                .formatted(decibels(), 100 * silentShare(), flatness());
    }

    /// Problems with suggested remedies, one sentence each; empty for less than one frame.
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (frames == 0) return warnings;
        if (silentShare() > MOSTLY_SILENT) {
            warnings.add(
                    "the take is nearly all silence (%.0f %%); try another --seed, a --label the model has, or a --prime"
                            .formatted(100 * silentShare()));
        } else if (flatness() > NOISE_FLATNESS) {
            warnings.add(
                    "the take is close to white noise (flatness %.2f, 1 is white); the model has learned little yet, or --temperature is too high"
                            .formatted(flatness()));
        }
        double share = (double) atFullScale / samples;
        if (share > TOO_MUCH_FULL_SCALE) {
            warnings.add(
                    "%.1f %% of the take is at full scale; try a lower --temperature or, of a model over mu-law levels, a --top-p below 1"
                            .formatted(100 * share));
        }
        return warnings;
    }

    private void endFrame() {
        filled = 0;
        frames++;
        if (FrameFeatures.isSilent(frame)) {
            silentFrames++;
        } else {
            flatnessSum += FrameFeatures.flatness(frame);
        }
    }
}
