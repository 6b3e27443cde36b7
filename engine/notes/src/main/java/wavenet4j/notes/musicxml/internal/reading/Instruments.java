package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Instrument;
import org.audiveris.proxymusic.MidiInstrument;
import org.audiveris.proxymusic.Note;
import org.audiveris.proxymusic.ScorePart;
import org.audiveris.proxymusic.Unpitched;

import wavenet4j.notes.internal.Remarks;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// How a part's instruments sound.
///
/// @param program of General MIDI, from 0
/// @param percussion whether the first is on channel 10
/// @param drums keys of unpitched instruments by the list's entry
record Instruments(int program, boolean percussion, Map<Object, Integer> drums) {
    private static final int PERCUSSION_CHANNEL = 10;
    private static final int SNARE = 38;

    /// Of drums by their usual places on a staff of five lines.
    private static final Map<String, Integer> PLACES =
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

    static Instruments of(Optional<ScorePart> listed, Remarks remarks) {
        List<MidiInstrument> all =
                listed.stream()
                        .flatMap(part -> part.getMidiDeviceAndMidiInstrument().stream())
                        .filter(MidiInstrument.class::isInstance)
                        .map(MidiInstrument.class::cast)
                        .toList();
        if (all.isEmpty()) return new Instruments(0, false, Map.of());
        MidiInstrument first = all.getFirst();
        boolean percussion = Objects.equals(first.getMidiChannel(), PERCUSSION_CHANNEL);
        Integer program = first.getMidiProgram();
        var drums = new IdentityHashMap<Object, Integer>();
        for (MidiInstrument instrument : all) {
            Integer key = instrument.getMidiUnpitched();
            if (key != null && key >= 1 && key <= 128 && instrument.getId() != null) {
                drums.put(instrument.getId(), key - 1);
            }
            if (!percussion && !Objects.equals(instrument.getMidiProgram(), program)) {
                remarks.happened("further instrument", "read as its part's first one");
            }
        }
        return new Instruments(
                program == null ? 0 : Math.clamp(program - 1L, 0, 127), percussion, drums);
    }

    /// The key of an unpitched note: that of its instrument, or of the part's only one.
    OptionalInt drum(Note note) {
        for (Instrument named : note.getInstrument()) {
            Integer key = named.getId() == null ? null : drums.get(named.getId());
            if (key != null) return OptionalInt.of(key);
        }
        return drums.size() == 1
                ? OptionalInt.of(drums.values().iterator().next())
                : OptionalInt.empty();
    }

    /// The key of a drum that is written in a place; the snare drum's in unusual ones.
    static int drumAt(Unpitched place) {
        return PLACES.getOrDefault("" + place.getDisplayStep() + place.getDisplayOctave(), SNARE);
    }
}
