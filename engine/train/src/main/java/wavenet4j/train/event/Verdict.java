package wavenet4j.train.event;

import java.util.Locale;

/// The state of a training in a word.
public enum Verdict {
    /// The held-out loss falls as it should.
    LEARNING,
    /// The loss has hardly fallen, or the schedule ended while it was still falling.
    UNDERTRAINED,
    /// The held-out loss rises while the training loss falls.
    OVERFITTING,
    /// The loss or its gradient explodes again and again.
    DIVERGING,
    /// The held-out loss has stopped falling while the learning rate is high.
    PLATEAU,
    /// Most of the training samples are silence.
    SILENT_CORPUS,
    /// The recordings are clipped at full scale.
    CLIPPING,
    /// The generated takes are noise.
    NOISE,
    /// The generated takes are silence.
    SILENCE,
    /// The generated takes are stuck: on one level, a few or an offset, in one period, or at full
    /// scale.
    STUCK;

    /// Its name in lower case, with spaces.
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
