package wavenet4j.audio.analysis;

/// What is measured of a short stretch of sound.
public final class SoundFrame {
    /// How many samples a frame has, whatever the sample rate.
    public static final int SAMPLES = 1024;

    private static final double SILENT_POWER = 1e-6; // -60 dB of full scale
    private static final int ORDER = 12;

    private SoundFrame() {}

    /// The mean square.
    public static double power(double[] frame) {
        double squares = 0;
        for (double sample : frame) squares += sample * sample;
        return squares / frame.length;
    }

    /// Whether the root mean square is below -60 dB of full scale.
    public static boolean isSilent(double[] frame) {
        return power(frame) < SILENT_POWER;
    }

    /// The spectral flatness: 1 for white noise, near 0 for tones and voices; 0 for silence.
    ///
    /// It is the share of the energy that the best linear prediction from the last 12 samples
    /// leaves (Levinson and Durbin's recursion), `prod(1 - k(m)^2)` over the 12 reflection
    /// coefficients. For longer and longer predictions that tends to the geometric over the
    /// arithmetic mean of the power spectrum (Kolmogorov and Szego), which is the flatness of the
    /// textbooks; for 12 it is that of the spectrum smoothed.
    public static double flatness(double[] frame) {
        double[] r = autocorrelation(frame);
        return r[0] == 0 ? 0 : predictionError(r) / r[0];
    }

    private static double[] autocorrelation(double[] frame) {
        var r = new double[ORDER + 1];
        for (int lag = 0; lag <= ORDER; lag++) {
            for (int i = lag; i < frame.length; i++) r[lag] += frame[i] * frame[i - lag];
        }
        return r;
    }

    private static double predictionError(double[] r) {
        var a = new double[ORDER + 1];
        double error = r[0];
        for (int m = 1; m <= ORDER && error > 0; m++) {
            double sum = r[m];
            for (int i = 1; i < m; i++) sum -= a[i] * r[m - i];
            double reflection = sum / error;
            double[] before = a.clone();
            a[m] = reflection;
            for (int i = 1; i < m; i++) a[i] = before[i] - reflection * before[m - i];
            error *= 1 - reflection * reflection;
        }
        return Math.max(0, error);
    }
}
