package wavenet4j.train.event;

import java.util.Locale;

/// How a training goes, in a word.
public enum Verdict {
    /// As it should.
    LEARNING,
    /// It knows next to nothing after a good while, or ended while it was still getting better.
    UNDERTRAINED,
    /// It learns the training recordings by heart: the others get worse.
    OVERFITTING,
    /// The loss or its gradient explodes again and again.
    DIVERGING,
    /// Long since nothing got better.
    PLATEAU,
    /// Most of what there is to learn from is silence.
    SILENT_CORPUS,
    /// The recordings are cut off at full scale.
    CLIPPING,
    /// Its takes are noise.
    NOISE,
    /// Its takes are silence.
    SILENCE;

    /// As it is said.
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
