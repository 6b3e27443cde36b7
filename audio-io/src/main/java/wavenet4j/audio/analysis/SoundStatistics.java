package wavenet4j.audio.analysis;

import wavenet4j.audio.Clip;

import java.util.Arrays;

/// Level, dynamics and spectral statistics of a clip. Definitions use the amplitude `a(t)` and the
/// power `P(f)` of a frame at frequency f. Frames have [FrameFeatures#SAMPLES] samples and do not
/// overlap; a frame is silent below -60 dB. Levels are floored at -100 dB. Dynamics and the last
/// four values are NaN without a frame above -60 dB.
///
/// @param levelDb root mean square in dB of full scale, `10 log10(mean a^2)`
/// @param peakDb largest magnitude in dB of full scale, `20 log10(max |a|)`
/// @param silentShare fraction of frames that are silent, 0 to 1
/// @param dynamicsDb standard deviation of the level of the frames that are not silent, in dB
/// @param flatness mean of [FrameFeatures#flatness] over the same frames: 1 is white noise
/// @param centroidHz mean of `sum(f P(f)) / sum(P(f))` over the same frames: spectral centroid, in
///   Hz
/// @param rolloffHz mean over the same frames of the frequency below which 95 % of the power lies
/// @param crackleDb share of the power in the uppermost eighth of the band, in dB, `10 log10(sum
///   P(f > 7/8 fN) / sum P(f))` with fN half the sample rate; high for takes that crackle. White
///   noise has -9
public record SoundStatistics(
        double levelDb,
        double peakDb,
        double silentShare,
        double dynamicsDb,
        double flatness,
        double centroidHz,
        double rolloffHz,
        double crackleDb) {
    private static final double ROLLOFF = 0.95;
    private static final double LEAST_POWER = 1e-10; // -100 dB

    /// Measures a clip. Samples after the last complete frame count for level and peak only.
    ///
    /// @throws IllegalArgumentException when the clip is shorter than a frame
    public static SoundStatistics of(Clip clip) {
        float[] samples = clip.samples();
        int frames = samples.length / FrameFeatures.SAMPLES;
        if (frames == 0) {
            throw new IllegalArgumentException(
                    "a clip of %d samples is shorter than a frame of %d, so it cannot be measured"
                            .formatted(samples.length, FrameFeatures.SAMPLES));
        }
        var spectrum = new PowerSpectrum(FrameFeatures.SAMPLES);
        var frame = new double[FrameFeatures.SAMPLES];
        var decibels = new double[frames];
        int sounding = 0;
        double flatness = 0;
        double centroid = 0;
        double rolloff = 0;
        double top = 0;
        double all = 0;
        for (int f = 0; f < frames; f++) {
            int start = f * frame.length;
            for (int i = 0; i < frame.length; i++) frame[i] = samples[start + i];
            double[] power = spectrum.at(samples, start);
            double sum = sum(power, 0);
            all += sum;
            top += sum(power, power.length - power.length / 8);
            if (FrameFeatures.isSilent(frame)) continue;
            decibels[sounding++] = decibels(FrameFeatures.power(frame));
            flatness += FrameFeatures.flatness(frame);
            centroid += centroid(power) / sum;
            rolloff += rolloff(power, ROLLOFF * sum);
        }
        double hertz = (double) clip.sampleRate() / FrameFeatures.SAMPLES;
        boolean sounds = sounding > 0;
        return new SoundStatistics(
                decibels(meanSquare(samples)),
                decibels((double) clip.peak() * clip.peak()),
                1 - (double) sounding / frames,
                sounds ? deviation(Arrays.copyOf(decibels, sounding)) : Double.NaN,
                flatness / sounding,
                hertz * centroid / sounding,
                hertz * rolloff / sounding,
                sounds ? 10 * Math.log10(Math.max(LEAST_POWER, top / all)) : Double.NaN);
    }

    private static double decibels(double power) {
        return 10 * Math.log10(Math.max(LEAST_POWER, power));
    }

    private static double meanSquare(float[] samples) {
        double squares = 0;
        for (float sample : samples) squares += (double) sample * sample;
        return squares / samples.length;
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / values.length);
    }

    private static double sum(double[] power, int from) {
        double sum = 0;
        for (int bin = from; bin < power.length; bin++) sum += power[bin];
        return sum;
    }

    private static double centroid(double[] power) {
        double sum = 0;
        for (int bin = 0; bin < power.length; bin++) sum += bin * power[bin];
        return sum;
    }

    private static double rolloff(double[] power, double share) {
        double below = 0;
        int bin = 0;
        while (bin < power.length - 1 && (below += power[bin]) < share) bin++;
        return bin;
    }
}
