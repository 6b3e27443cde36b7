package wavenet4j.train.config;

import org.jspecify.annotations.Nullable;

/// The check of a key's value.
final class Ranges {
    private Ranges() {}

    /// Refuses a value outside its range, in a sentence that names the key.
    static void require(boolean inRange, String key, @Nullable Object value, String range) {
        if (!inRange) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be " + range);
        }
    }
}
