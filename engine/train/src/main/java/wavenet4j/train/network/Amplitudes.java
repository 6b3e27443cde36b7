package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import wavenet4j.distribution.LinearPcm;

/// The amplitudes of 16-bit levels.
final class Amplitudes {
    private Amplitudes() {}

    /// `[N, 1]`
    static NDArray column(NDManager manager, long[] levels) {
        var pcm = new LinearPcm();
        var amplitudes = new float[levels.length];
        for (int t = 0; t < levels.length; t++) amplitudes[t] = pcm.decode((int) levels[t]);
        return manager.create(amplitudes, new Shape(levels.length, 1));
    }
}
