package wavenet4j.cli.scores;

import wavenet4j.notes.PitchName;

/// Keys as text.
final class KeyText {
    private KeyText() {}

    /// As `C4 to G5`, where C4 is middle C, or `C4` for one key.
    static String range(int lowest, int highest) {
        return lowest == highest ? key(lowest) : key(lowest) + " to " + key(highest);
    }

    private static String key(int key) {
        return PitchName.of(key, 0) + String.valueOf(key / 12 - 1);
    }
}
