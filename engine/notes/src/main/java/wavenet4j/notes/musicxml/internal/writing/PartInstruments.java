package wavenet4j.notes.musicxml.internal.writing;

import org.audiveris.proxymusic.MidiInstrument;
import org.audiveris.proxymusic.PartName;
import org.audiveris.proxymusic.ScoreInstrument;
import org.audiveris.proxymusic.ScorePart;

import wavenet4j.notes.Note;
import wavenet4j.notes.Part;

import java.util.Map;
import java.util.TreeMap;

/// What the list of parts says of a part.
///
/// @param listing the list's entry
/// @param drums the instrument of each key, of a part of drums
record PartInstruments(ScorePart listing, Map<Integer, ScoreInstrument> drums) {
    private static final int PERCUSSION_CHANNEL = 10;
    private static final int CHANNELS = 16;

    /// The entry of a part.
    ///
    /// @param number of the part, from 0
    static PartInstruments of(Part part, int number) {
        var name = new PartName();
        name.setValue(XmlText.clean(part.name()));
        var listing = new ScorePart();
        listing.setId("P" + (number + 1));
        listing.setPartName(name);
        int channel = number % (CHANNELS - 1) + 1;
        if (channel >= PERCUSSION_CHANNEL) channel++;
        var drums = new TreeMap<Integer, ScoreInstrument>();
        if (part.percussion()) {
            for (int key : part.notes().stream().map(Note::key).distinct().sorted().toList()) {
                MidiInstrument drum =
                        add(listing, "Drum " + key, key, PERCUSSION_CHANNEL, part.program());
                drum.setMidiUnpitched(key + 1);
                drums.put(key, listing.getScoreInstrument().getLast());
            }
        }
        if (drums.isEmpty()) {
            int on = part.percussion() ? PERCUSSION_CHANNEL : channel;
            add(listing, name.getValue(), 0, on, part.program());
        }
        return new PartInstruments(listing, drums);
    }

    private static MidiInstrument add(
            ScorePart listing, String name, int number, int channel, int program) {
        var instrument = new ScoreInstrument();
        instrument.setId(listing.getId() + "-I" + number);
        instrument.setInstrumentName(name);
        listing.getScoreInstrument().add(instrument);
        var midi = new MidiInstrument();
        midi.setId(instrument);
        midi.setMidiChannel(channel);
        midi.setMidiProgram(program + 1);
        listing.getMidiDeviceAndMidiInstrument().add(midi);
        return midi;
    }
}
