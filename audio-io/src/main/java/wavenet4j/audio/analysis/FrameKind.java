package wavenet4j.audio.analysis;

import java.util.Arrays;

/// What a frame of samples is. All but [#SOUND] are ways in which a generated take gets stuck, of
/// which recordings may have some too: a pause is silent, a sine has one period.
public enum FrameKind {
    /// Its root mean square is below -60 dB of full scale.
    SILENT,
    /// All its samples are equal.
    CONSTANT,
    /// At least half of its power is an offset: the square of its mean.
    OFFSET,
    /// It has at most four different values.
    FEW_LEVELS,
    /// It repeats one period of less than half its length, to one part in a thousand.
    PERIODIC,
    /// None of these.
    SOUND;

    private static final int FEW = 4;
    private static final double OFFSET_SHARE = 0.5;
    private static final double SAME = 0.999; // correlation of neighbouring periods

    /// The kind of a frame; the first that fits.
    public static FrameKind of(double[] frame) {
        if (FrameFeatures.isSilent(frame)) return SILENT;
        int levels = distinct(frame);
        if (levels == 1) return CONSTANT;
        double mean = Arrays.stream(frame).average().orElseThrow();
        if (mean * mean >= OFFSET_SHARE * FrameFeatures.power(frame)) return OFFSET;
        if (levels <= FEW) return FEW_LEVELS;
        return isPeriodic(frame) ? PERIODIC : SOUND;
    }

    /// How many different values there are, counted up to one more than a few.
    private static int distinct(double[] frame) {
        var seen = new double[FEW + 1];
        int count = 0;
        for (double sample : frame) {
            int i = 0;
            while (i < count && seen[i] != sample) i++;
            if (i < count) continue;
            seen[count++] = sample;
            if (count > FEW) break;
        }
        return count;
    }

    /// Looks for a lag at which the frame correlates with itself nearly wholly, behind the first at
    /// which it does not: neighbouring samples of any smooth sound are alike.
    private static boolean isPeriodic(double[] frame) {
        boolean differed = false;
        for (int lag = 1; lag < frame.length / 2; lag++) {
            double correlation = correlation(frame, lag);
            if (correlation < 0.5) differed = true;
            if (differed && correlation >= SAME) return true;
        }
        return false;
    }

    private static double correlation(double[] frame, int lag) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int t = lag; t < frame.length; t++) {
            product += frame[t] * frame[t - lag];
            first += frame[t - lag] * frame[t - lag];
            second += frame[t] * frame[t];
        }
        return product / Math.sqrt(Math.max(Double.MIN_NORMAL, first * second));
    }
}
