package wavenet4j.internal;

/// Checks of arguments.
public final class Checks {
    private Checks() {}

    /// Requires that a value lies in [least, most].
    ///
    /// @throws IllegalArgumentException that names the value and the range
    public static void requireRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %,d; it must be between %,d and %,d"
                            .formatted(what, value, least, most));
        }
    }
}
