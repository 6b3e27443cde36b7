package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Unpitched;

import java.util.Map;

/// The drums of General MIDI by their usual places on a staff of five lines.
final class DrumPlaces {
    private static final int SNARE = 38;

    private static final Map<String, Integer> KEYS =
            Map.ofEntries(
                    Map.entry("D4", 44), // hi-hat with the foot
                    Map.entry("E4", 35), // second bass drum
                    Map.entry("F4", 36), // bass drum
                    Map.entry("A4", 41), // floor tom
                    Map.entry("D5", 45), // low tom
                    Map.entry("E5", 48), // high tom
                    Map.entry("F5", 51), // ride cymbal
                    Map.entry("G5", 42), // hi-hat
                    Map.entry("A5", 49)); // crash cymbal

    private DrumPlaces() {}

    /// The key of a note without one; the snare drum's at other places.
    static int key(Unpitched note) {
        return KEYS.getOrDefault("" + note.getDisplayStep() + note.getDisplayOctave(), SNARE);
    }
}
