package wavenet4j.audio.analysis;

/// Features of a frame of samples: power, silence, spectral flatness.
public final class FrameFeatures {
    /// Samples in a frame, at every sample rate.
    public static final int SAMPLES = 1024;

    private static final double SILENT_POWER = 1e-6; // -60 dB of full scale
    private static final int ORDER = 12;

    private FrameFeatures() {}

    /// The mean square of the samples.
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
    /// Computed as the relative error of linear prediction of order 12 (Levinson-Durbin recursion),
    /// `prod(1 - k(m)^2)` over the reflection coefficients. With growing order this tends to the
    /// usual definition, the geometric over the arithmetic mean of the power spectrum (Kolmogorov
    /// and Szego); order 12 corresponds to a smoothed spectrum.
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
