package wavenet4j.notes;

/// A tempo.
///
/// @param onset in quarters
/// @param microseconds of a quarter
public record Tempo(Fraction onset, int microseconds) {
    /// What MIDI takes where none is given: 120 quarters a minute.
    public static final int DEFAULT_MICROSECONDS = 500_000;

    /// @throws IllegalArgumentException when a quarter does not last from 1 to 16,777,215
    ///   microseconds
    public Tempo {
        Score.requireTime(onset);
        if (microseconds < 1 || microseconds > 0xffffff) {
            throw new IllegalArgumentException(
                    "a quarter of %,d microseconds is not from 1 to 16,777,215"
                            .formatted(microseconds));
        }
    }

    /// Of so many quarters a minute, as near as microseconds allow.
    public static Tempo of(Fraction onset, double quartersPerMinute) {
        return new Tempo(onset, Math.clamp(Math.round(60e6 / quartersPerMinute), 1, 0xffffff));
    }

    public double quartersPerMinute() {
        return 60e6 / microseconds;
    }
}
