package wavenet4j.audio.analysis;

import be.tarsos.dsp.util.fft.FFT;
import be.tarsos.dsp.util.fft.HannWindow;

import java.util.Arrays;

/// Power over frequency of stretches of sound of one length: TarsosDSP's Fourier transform under a
/// Hann window.
final class PowerSpectrum {
    private final FFT fft;
    private final float[] window;
    private final double[] power;

    /// @param size samples in a stretch, a power of two
    PowerSpectrum(int size) {
        fft = new FFT(size, new HannWindow());
        window = new float[size];
        power = new double[size / 2 + 1];
    }

    /// The spectrum of `samples[start, start + size)`; beyond the samples is silence.
    ///
    /// @return power relative to a full-scale sine, from 0 Hz in steps of `sampleRate / size` up to
    ///   half the sample rate; the next call overwrites it
    double[] at(float[] samples, int start) {
        int size = window.length;
        Arrays.fill(window, 0);
        int from = Math.max(0, -start);
        int to = Math.min(size, samples.length - start);
        if (from < to) System.arraycopy(samples, start + from, window, from, to - from);
        fft.forwardTransform(window);
        // A sine of amplitude 1 has its magnitude halved by the window and again by its twin at the
        // negative frequency, which the first and the last bin have not. The last one's real part
        // is packed where the first one's imaginary part would be, which is 0.
        double scale = 16.0 / ((double) size * size);
        power[0] = scale / 2 * window[0] * window[0];
        power[size / 2] = scale / 2 * window[1] * window[1];
        for (int bin = 1; bin < size / 2; bin++) {
            double re = window[2 * bin];
            double im = window[2 * bin + 1];
            power[bin] = scale * (re * re + im * im);
        }
        return power;
    }
}
