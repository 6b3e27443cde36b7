package wavenet4j.notes;

/// A bar of a score.
///
/// @param number from 1; from 0 where the first is a pickup
/// @param onset in quarters
/// @param length in quarters, shorter than the meter's where another meter cuts it short
/// @param meter that is in force
public record Bar(int number, Fraction onset, Fraction length, Meter meter) {
    /// Where it ends, in quarters.
    public Fraction end() {
        return onset.plus(length);
    }

    /// Whether it is shorter than its meter, as a pickup is.
    public boolean isShort() {
        return length.compareTo(meter.length()) < 0;
    }
}
