package wavenet4j.notes;

import java.util.Comparator;
import java.util.List;

/// What one instrument plays.
///
/// @param name as written; empty if it has none
/// @param program of General MIDI, from 0
/// @param percussion whether keys are drums, not pitches
/// @param notes in the order of [Note]
/// @param lyrics by onset
/// @param pedal the sustain pedal's moves, by onset
public record Part(
        String name,
        int program,
        boolean percussion,
        List<Note> notes,
        List<Lyric> lyrics,
        List<Pedal> pedal) {

    /// A syllable. One that is not its word's last ends with a hyphen.
    ///
    /// @param onset in quarters
    /// @param verse from 1
    public record Lyric(Fraction onset, int verse, String text) {
        public Lyric {
            Score.requireTime(onset);
        }
    }

    /// A move of the sustain pedal.
    ///
    /// @param onset in quarters
    /// @param value from 0 to 127; from 64 on, it is down
    public record Pedal(Fraction onset, int value) {
        public Pedal {
            Score.requireTime(onset);
            if (value < 0 || value > 127) {
                throw new IllegalArgumentException("a pedal is at " + value + " of 127");
            }
        }
    }

    /// @throws IllegalArgumentException when the program is not from 0 to 127
    public Part {
        if (program < 0 || program > 127) {
            throw new IllegalArgumentException(
                    "program %d of a part is not from 0 to 127".formatted(program));
        }
        notes = notes.stream().sorted().toList();
        lyrics =
                lyrics.stream()
                        .sorted(Comparator.comparing(Lyric::onset).thenComparingInt(Lyric::verse))
                        .toList();
        pedal = pedal.stream().sorted(Comparator.comparing(Pedal::onset)).toList();
    }

    /// A part of notes alone.
    public Part(String name, int program, List<Note> notes) {
        this(name, program, false, notes, List.of(), List.of());
    }

    /// The same part with other notes.
    public Part withNotes(List<Note> others) {
        return new Part(name, program, percussion, others, lyrics, pedal);
    }
}
