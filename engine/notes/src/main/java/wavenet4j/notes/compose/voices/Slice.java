package wavenet4j.notes.compose.voices;

import java.util.List;
import java.util.function.Predicate;

/// What all voices do from one onset of any voice to the next, with its place in the bar: one token
/// of the model.
///
/// @param slot the place in the bar where it begins, in ticks
/// @param length in ticks
/// @param tones of the voices, from high to low
record Slice(int slot, int length, List<Tone> tones) {
    /// What a voice does in a slice.
    ///
    /// @param key MIDI key in C major or A minor, or [#REST]
    /// @param length how long it sounds in the slice, in ticks; a rest may follow. 0 for a rest
    /// @param held whether it began before the slice
    /// @param goesOn whether it ends after the slice
    record Tone(int key, int length, boolean held, boolean goesOn) {
        /// Below every key, however it is transposed.
        static final int REST = -100;

        static final Tone SILENCE = new Tone(REST, 0, false, false);

        boolean isRest() {
            return key == REST;
        }
    }

    Slice {
        tones = List.copyOf(tones);
    }

    Tone top() {
        return tones.getFirst();
    }

    Tone bottom() {
        return tones.getLast();
    }

    /// The tick in the bar, or beyond it, where the slice ends.
    int end() {
        return slot + length;
    }

    /// Of every voice, -1 for a rest; an octave up, so that no transposed key is negative.
    int[] keys() {
        return tones.stream().mapToInt(tone -> tone.isRest() ? -1 : tone.key() + 12).toArray();
    }

    /// Whether all voices that sound satisfy a condition.
    boolean sounding(Predicate<Tone> condition) {
        return tones.stream().allMatch(tone -> tone.isRest() || condition.test(tone));
    }
}
