package wavenet4j.audio.corpus;

import wavenet4j.audio.Clip;

/// Finds sound that was recorded too loud: its peaks are flat.
final class Clipping {
    /// The share from which on it is worth a word.
    static final double MUCH = 1e-3;

    private static final float FULL_SCALE = 0.98f;

    /// Samples that differ by less are equal: by less than a value of 16 bits.
    private static final float FLAT = 1e-5f;

    /// The top of a low tone that is not clipped is flat for as long as five samples.
    private static final int LEAST_RUN = 6;

    private Clipping() {}

    /// The share of the samples that lie in flat peaks at full scale.
    static double shareOf(Clip clip) {
        float[] samples = clip.samples();
        long clipped = 0;
        int run = 0;
        for (int t = 0; t < samples.length; t++) {
            boolean flat =
                    Math.abs(samples[t]) >= FULL_SCALE
                            && run > 0
                            && Math.abs(samples[t] - samples[t - 1]) < FLAT;
            if (flat) {
                run++;
                if (run == LEAST_RUN) clipped += LEAST_RUN;
                if (run > LEAST_RUN) clipped++;
            } else {
                run = Math.abs(samples[t]) >= FULL_SCALE ? 1 : 0;
            }
        }
        return samples.length == 0 ? 0 : (double) clipped / samples.length;
    }
}
