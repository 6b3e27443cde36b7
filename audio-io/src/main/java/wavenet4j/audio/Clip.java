package wavenet4j.audio;

import be.tarsos.dsp.resample.Resampler;

import java.util.Arrays;

/// Mono audio.
///
/// @param samples amplitudes in [-1, 1]; the array is not copied
/// @param sampleRate samples per second, in Hz
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Clip(float[] samples, int sampleRate) {

    public Clip {
        if (sampleRate <= 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate + " Hz is not positive");
        }
    }

    /// The length in seconds.
    public double seconds() {
        return (double) samples.length / sampleRate;
    }

    /// The largest magnitude, 0 for an empty clip.
    public float peak() {
        float peak = 0;
        for (float sample : samples) peak = Math.max(peak, Math.abs(sample));
        return peak;
    }

    /// The same sound at another rate, of `round(length * rate / sampleRate)` samples: band-limited
    /// interpolation with a windowed sinc (Smith and Gossett, 1984) as TarsosDSP implements it. The
    /// result is clipped to [-1, 1] where the filter overshoots.
    public Clip resampled(int rate) {
        if (rate == sampleRate) return this;
        double factor = (double) rate / sampleRate;
        float[] resampled = new float[Math.toIntExact(Math.round(samples.length * factor))];
        // High quality, for factors between these two.
        Resampler resampler = new Resampler(true, Math.min(.1, factor), Math.max(4, factor));
        int read = 0;
        int written = 0;
        while (written < resampled.length) {
            Resampler.Result result =
                    resampler.process(
                            factor,
                            samples,
                            read,
                            samples.length - read,
                            true,
                            resampled,
                            written,
                            resampled.length - written);
            read += result.inputSamplesConsumed;
            written += result.outputSamplesGenerated;
            if (result.outputSamplesGenerated == 0 && result.inputSamplesConsumed == 0) break;
        }
        for (int i = 0; i < written; i++) {
            resampled[i] = Math.clamp(resampled[i], -1f, 1f);
        }
        return new Clip(resampled, rate);
    }

    /// The samples from `start` (inclusive) to `end` (exclusive).
    public Clip slice(int start, int end) {
        return new Clip(Arrays.copyOfRange(samples, start, end), sampleRate);
    }

    /// The same sound scaled to a peak of 1; silence stays silence.
    public Clip normalized() {
        float peak = peak();
        if (peak == 0 || peak == 1) return this;
        float[] scaled = new float[samples.length];
        for (int i = 0; i < samples.length; i++) scaled[i] = samples[i] / peak;
        return new Clip(scaled, sampleRate);
    }
}
