package wavenet4j.distribution;

import org.jspecify.annotations.Nullable;

/// Mu-law companding to `levels` quantization levels (ITU-T G.711's curve, as the WaveNet paper,
/// van den Oord et al. 2016, section 2.2, uses it), with `mu = levels - 1`:
///
/// `level = (int) ((sign(a) * log1p(mu * |a|) / log1p(mu) + 1) / 2 * mu + 0.5)`
///
/// Amplitude 0 is level `levels / 2`.
public final class MuLaw implements Quantizer {
    private final int mu;
    private final double log1pMu;
    private final float[] amplitudes;

    /// @param levels how many levels, 2 to 65,536; WaveNet's are 256
    public MuLaw(int levels) {
        if (levels < 2 || levels > 1 << 16) {
            throw new IllegalArgumentException(
                    "mu-law with " + levels + " levels is outside 2 to 65536");
        }
        mu = levels - 1;
        log1pMu = Math.log1p(mu);
        amplitudes = new float[levels];
        for (int level = 0; level < levels; level++) {
            double companded = 2.0 * level / mu - 1;
            amplitudes[level] =
                    (float)
                            (Math.signum(companded)
                                    * Math.expm1(Math.abs(companded) * log1pMu)
                                    / mu);
        }
    }

    @Override
    public int levels() {
        return amplitudes.length;
    }

    /// The level nearest on the companded scale.
    @Override
    public int encode(float amplitude) {
        if (Float.isNaN(amplitude)) return silence();
        double a = Math.clamp((double) amplitude, -1.0, 1.0);
        double companded = Math.signum(a) * Math.log1p(mu * Math.abs(a)) / log1pMu;
        return (int) ((companded + 1) / 2 * mu + 0.5);
    }

    @Override
    public float decode(int level) {
        return amplitudes[level];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MuLaw that && that.mu == mu;
    }

    @Override
    public int hashCode() {
        return mu;
    }

    @Override
    public String toString() {
        return "MuLaw[levels=" + levels() + "]";
    }
}
