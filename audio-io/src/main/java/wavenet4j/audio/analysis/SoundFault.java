package wavenet4j.audio.analysis;

import java.util.Locale;

/// What may be wrong with the sound of a take, beside the recordings of its model.
public enum SoundFault {
    /// Nearly all of it is silence.
    SILENCE("is nearly all silence"),
    /// It stays on one level.
    ONE_LEVEL("stays on one level, which sounds as silence"),
    /// Most of its power is an offset.
    OFFSET("is mostly an offset, which nobody hears"),
    /// It alternates between a few levels.
    FEW_LEVELS("alternates between a few levels"),
    /// It repeats one short period.
    ONE_PERIOD("repeats one short period"),
    /// It is close to white noise.
    NOISE("is close to white noise"),
    /// Much of it is at full scale.
    FULL_SCALE("is often at full scale"),
    /// It is far quieter than the recordings.
    QUIET("is far quieter than the recordings");

    private final String words;

    SoundFault(String words) {
        this.words = words;
    }

    /// What a take does that has this fault, such as `stays on one level`.
    public String words() {
        return words;
    }

    /// Its name in lower case, with spaces.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
