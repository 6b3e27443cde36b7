package wavenet4j.audio.analysis;

import be.tarsos.dsp.util.fft.FFT;
import be.tarsos.dsp.util.fft.HannWindow;

import java.util.Arrays;

/// The power spectrum of a frame: a Fourier transform of TarsosDSP with a Hann window.
final class PowerSpectrum {
    private final FFT fft;
    private final float[] window;
    private final double[] power;

    /// Allocates the transform.
    ///
    /// @param size samples in a frame, a power of two
    PowerSpectrum(int size) {
        fft = new FFT(size, new HannWindow());
        window = new float[size];
        power = new double[size / 2 + 1];
    }

    /// The spectrum of `samples[start, start + size)`, padded with zeros.
    ///
    /// @return power relative to a full-scale sine, from 0 Hz in steps of `sampleRate / size` up to
    ///   half the sample rate, `[size / 2 + 1]`; overwritten by the next call
    double[] at(float[] samples, int start) {
        int size = window.length;
        Arrays.fill(window, 0);
        int from = Math.max(0, -start);
        int to = Math.min(size, samples.length - start);
        if (from < to) System.arraycopy(samples, start + from, window, from, to - from);
        fft.forwardTransform(window);
        // The window halves the magnitude of a sine of amplitude 1, and so does the negative
        // frequency, except in the first and the last bin. The real part of the last bin is stored
        // in place of the imaginary part of the first, which is 0.
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
