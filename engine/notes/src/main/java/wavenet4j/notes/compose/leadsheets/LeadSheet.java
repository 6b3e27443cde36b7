package wavenet4j.notes.compose.leadsheets;

import java.util.List;

/// A melody and its chords on a grid of ticks, in C major or A minor, in one meter. Tones and rests
/// fill the time without gaps or overlaps, and no rest crosses a bar line.
///
/// @param barTicks ticks of a bar
/// @param start the place in the bar where it begins, in ticks; not 0 after a pickup
/// @param tones one after the other, the first at tick 0
/// @param chords one where each begins, by tick; what is before the first has no chord
record LeadSheet(int barTicks, int start, List<Tone> tones, List<ChordAt> chords) {
    /// A note or a rest.
    ///
    /// @param pitch MIDI key, or [#REST]
    record Tone(int tick, int length, int pitch) {
        /// Below every key, however it is transposed.
        static final int REST = -100;

        int end() {
            return tick + length;
        }
    }

    /// A chord from that tick on.
    record ChordAt(int tick, RelativeChord chord) {}

    LeadSheet {
        tones = List.copyOf(tones);
        chords = List.copyOf(chords);
    }

    /// Of all of it, in ticks.
    int length() {
        return tones.isEmpty() ? 0 : tones.getLast().end();
    }

    /// Its melody alone.
    LeadSheet withoutChords() {
        return new LeadSheet(barTicks, start, tones, List.of());
    }

    /// What sounds at a tick.
    RelativeChord chordAt(int tick) {
        return sounding(chords, tick);
    }

    /// The last of some chords that begins at a tick or before it.
    ///
    /// @param chords by tick
    static RelativeChord sounding(List<ChordAt> chords, int tick) {
        RelativeChord chord = RelativeChord.NONE;
        for (ChordAt at : chords) {
            if (at.tick() > tick) break;
            chord = at.chord();
        }
        return chord;
    }
}
