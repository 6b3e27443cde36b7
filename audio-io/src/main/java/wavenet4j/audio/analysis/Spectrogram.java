package wavenet4j.audio.analysis;

import wavenet4j.audio.Clip;

/// The power spectrogram: short-time Fourier transforms with a Hann window, evenly spaced over the
/// clip.
///
/// @param decibels power `[columns][bins]`, in dB relative to a full-scale sine
/// @param sampleRate of the clip, in Hz; bin b of n is `b * sampleRate / (2 * n)` Hz
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Spectrogram(float[][] decibels, int sampleRate) {
    private static final float FLOOR_DB = -160;

    /// Computes the spectrogram of a clip.
    ///
    /// @param columns number of transforms
    /// @param size samples of each, a power of two
    public static Spectrogram of(Clip clip, int columns, int size) {
        var spectrum = new PowerSpectrum(size);
        float[] samples = clip.samples();
        float[][] decibels = new float[columns][size / 2];
        for (int column = 0; column < columns; column++) {
            long centre = Math.round((column + .5) / columns * samples.length);
            double[] power = spectrum.at(samples, (int) (centre - size / 2));
            for (int bin = 0; bin < size / 2; bin++) {
                decibels[column][bin] =
                        (float) Math.max(FLOOR_DB, 10 * Math.log10(power[bin] + 1e-18));
            }
        }
        return new Spectrogram(decibels, clip.sampleRate());
    }

    /// The maximum power between two frequencies in dB, interpolated linearly between bins.
    public float decibels(int column, double fromHertz, double toHertz) {
        float[] bins = decibels[column];
        double perHertz = 2.0 * bins.length / sampleRate;
        double from = Math.min(fromHertz * perHertz, bins.length - 1);
        double to = Math.min(toHertz * perHertz, bins.length - 1);
        float loudest = at(bins, (from + to) / 2);
        for (int bin = (int) Math.ceil(from); bin <= to; bin++) {
            loudest = Math.max(loudest, bins[bin]);
        }
        return loudest;
    }

    private static float at(float[] bins, double position) {
        int below = (int) position;
        int above = Math.min(below + 1, bins.length - 1);
        double part = position - below;
        return (float) (bins[below] * (1 - part) + bins[above] * part);
    }

    /// The maximum power, in dB.
    public float peak() {
        float peak = FLOOR_DB;
        for (float[] bins : decibels) {
            for (float bin : bins) peak = Math.max(peak, bin);
        }
        return peak;
    }
}
