package wavenet4j.audio.corpus;

import wavenet4j.audio.Clip;

/// Trimming of leading and trailing silence. The threshold is relative to the peak of each
/// recording, so that quiet recordings are trimmed like loud ones.
///
/// @param thresholdDb samples below this level relative to the peak are silent, in dB (negative)
/// @param marginSeconds silence kept at both ends, in seconds, so that attacks and releases are not
///   cut
public record SilenceTrimming(double thresholdDb, double marginSeconds) {

    public SilenceTrimming {
        if (!(thresholdDb < 0)) {
            throw new IllegalArgumentException(
                    "silence threshold " + thresholdDb + " dB is not below the peak, 0 dB");
        }
        if (!(marginSeconds >= 0)) {
            throw new IllegalArgumentException("margin " + marginSeconds + " s is negative");
        }
    }

    /// Trimming below `thresholdDb`, with a margin of 50 ms.
    public static SilenceTrimming below(double thresholdDb) {
        return new SilenceTrimming(thresholdDb, .05);
    }

    /// The clip without leading and trailing silence; a clip of zeros is returned unchanged.
    public Clip trim(Clip clip) {
        float[] samples = clip.samples();
        float peak = clip.peak();
        if (peak == 0) return clip;
        double threshold = peak * Math.pow(10, thresholdDb / 20);
        int start = 0;
        while (Math.abs(samples[start]) < threshold) start++;
        int end = samples.length;
        while (Math.abs(samples[end - 1]) < threshold) end--;
        long margin = Math.round(marginSeconds * clip.sampleRate());
        start = (int) Math.max(0, start - margin);
        end = (int) Math.min(samples.length, end + margin);
        return start == 0 && end == samples.length ? clip : clip.slice(start, end);
    }
}
