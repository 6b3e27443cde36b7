package wavenet4j.notes;

/// A time signature. It begins a bar where it stands, also where it repeats the one before: the bar
/// that it cuts short is a pickup, or the end of a section that one follows.
///
/// @param onset in quarters
/// @param beats in a bar
/// @param unit the note that is a beat: 4 for quarters
public record Meter(Fraction onset, int beats, int unit) {
    /// @throws IllegalArgumentException when the unit is no power of two up to 128, or beats are
    ///   not from 1 to 255
    public Meter {
        Score.requireTime(onset);
        if (beats < 1 || beats > 255 || unit < 1 || unit > 128 || Integer.bitCount(unit) != 1) {
            throw new IllegalArgumentException(
                    "a meter of %d/%d is none that is read here".formatted(beats, unit));
        }
    }

    /// Of a bar, in quarters.
    public Fraction length() {
        return Fraction.of(4L * beats, unit);
    }

    /// The beat as it is felt, in quarters: three units in 6/8, 9/8 and 12/8.
    public Fraction beat() {
        boolean compound = unit >= 8 && beats > 3 && beats % 3 == 0;
        return Fraction.of(compound ? 12 : 4, unit);
    }

    /// As `6/8`.
    public String signature() {
        return beats + "/" + unit;
    }
}
