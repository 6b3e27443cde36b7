package wavenet4j.audio.analysis;

import wavenet4j.audio.Clip;

/// The log-mel spectrum: power in mel-spaced frequency bands, in dB.
///
/// Frames of about 64 ms, half overlapping; 40 triangular bands, each from the middle of the one
/// below to the middle of the one above, evenly spaced up to half the sample rate on the mel scale
/// `2595 log10(1 + f / 700)` (Davis and Mermelstein, 1980). Bands are floored at -80 dB of a
/// full-scale sine, so that differences between silences do not count.
///
/// The MFCC of TarsosDSP is not used: its last two bands are wrong, and it has no floor.
final class LogMel {
    static final int BANDS = 40;

    private static final double FLOOR = 1e-8; // -80 dB
    private static final double FRAME_SECONDS = 0.064;

    private final int size;
    private final PowerSpectrum spectrum;
    private final double[] positions; // of each bin, in bands; band n is centered at n + 1

    LogMel(int sampleRate) {
        size =
                1
                        << (int)
                                Math.max(
                                        4,
                                        Math.round(
                                                Math.log(FRAME_SECONDS * sampleRate)
                                                        / Math.log(2)));
        spectrum = new PowerSpectrum(size);
        positions = new double[size / 2 + 1];
        double step = mel(sampleRate / 2.0) / (BANDS + 1);
        for (int bin = 0; bin < positions.length; bin++) {
            positions[bin] = mel((double) bin * sampleRate / size) / step;
        }
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    /// Samples between the starts of two frames.
    int hop() {
        return size / 2;
    }

    /// The frames of a clip.
    ///
    /// @return `[frames][BANDS]`, in dB; empty if the clip is shorter than a frame
    float[][] frames(Clip clip) {
        float[] samples = clip.samples();
        var frames = new float[samples.length < size ? 0 : (samples.length - size) / hop() + 1][];
        for (int f = 0; f < frames.length; f++) frames[f] = bands(spectrum.at(samples, f * hop()));
        return frames;
    }

    /// Each bin is divided between the two bands whose centers enclose it.
    private float[] bands(double[] power) {
        var sums = new double[BANDS + 3]; // with one band below and above
        for (int bin = 0; bin < power.length; bin++) {
            int below = (int) positions[bin];
            double part = positions[bin] - below;
            sums[below] += (1 - part) * power[bin];
            sums[below + 1] += part * power[bin];
        }
        var bands = new float[BANDS];
        for (int band = 0; band < BANDS; band++) {
            bands[band] = (float) (10 * Math.log10(Math.max(FLOOR, sums[band + 1])));
        }
        return bands;
    }
}
