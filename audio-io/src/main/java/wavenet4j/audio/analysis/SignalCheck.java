package wavenet4j.audio.analysis;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Measures audio while it is generated or read.
public final class SignalCheck {
    private static final double FULL_SCALE = 0.98;
    private static final double LEAST_POWER = 1e-10; // -100 dB

    private final double[] frame = new double[FrameFeatures.SAMPLES];
    private final Map<FrameKind, Integer> frames = new EnumMap<>(FrameKind.class);
    private int filled;
    private double flatnessSum;
    private long samples;
    private long atFullScale;
    private double power;

    /// Measures a whole sound.
    public static SoundMeasures measure(float[] amplitudes) {
        var check = new SignalCheck();
        check.add(amplitudes, amplitudes.length);
        return check.measures();
    }

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

    /// Adds what another has measured, without its incomplete last frame.
    void add(SignalCheck other) {
        other.frames.forEach((kind, count) -> frames.merge(kind, count, Integer::sum));
        flatnessSum += other.flatnessSum;
        samples += other.samples;
        atFullScale += other.atFullScale;
        power += other.power;
    }

    /// The measures so far.
    public SoundMeasures measures() {
        int all = frames.values().stream().mapToInt(Integer::intValue).sum();
        int sounding = all - frames.getOrDefault(FrameKind.SILENT, 0);
        return new SoundMeasures(
                10 * Math.log10(Math.max(LEAST_POWER, power / Math.max(1, samples))),
                share(FrameKind.SILENT, all),
                share(FrameKind.CONSTANT, all),
                share(FrameKind.OFFSET, all),
                share(FrameKind.FEW_LEVELS, all),
                share(FrameKind.PERIODIC, all),
                all == 0 ? 0 : (double) atFullScale / samples, // too short to tell
                sounding == 0 ? 0 : flatnessSum / sounding);
    }

    /// Level, silence and flatness in one line.
    public String summary() {
        SoundMeasures now = measures();
        return String.format(
                Locale.ROOT,
                "level %.1f dB, %.0f %% silent, flatness %.2f",
                now.levelDb(),
                100 * now.silent(),
                now.flatness());
    }

    private double share(FrameKind kind, int all) {
        return (double) frames.getOrDefault(kind, 0) / Math.max(1, all);
    }

    private void endFrame() {
        filled = 0;
        FrameKind kind = FrameKind.of(frame);
        frames.merge(kind, 1, Integer::sum);
        if (kind != FrameKind.SILENT) flatnessSum += FrameFeatures.flatness(frame);
    }
}
