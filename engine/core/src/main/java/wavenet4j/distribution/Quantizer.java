package wavenet4j.distribution;

/// What the levels of a network stand for: the way from amplitudes to levels and back.
public sealed interface Quantizer permits MuLaw, LinearPcm {
    /// How many levels there are.
    int levels();

    /// The level nearest to an amplitude. Amplitudes outside [-1, 1] take the outermost level; what
    /// is not a number is silence.
    int encode(float amplitude);

    /// The amplitude a level stands for.
    float decode(int level);

    /// Amplitude 0.
    default int silence() {
        return levels() / 2;
    }

    /// Every amplitude as a level.
    default int[] encode(float[] samples) {
        var levels = new int[samples.length];
        for (int i = 0; i < levels.length; i++) levels[i] = encode(samples[i]);
        return levels;
    }

    /// Every level as an amplitude.
    default float[] decode(int[] levels) {
        var samples = new float[levels.length];
        for (int i = 0; i < samples.length; i++) samples[i] = decode(levels[i]);
        return samples;
    }
}
