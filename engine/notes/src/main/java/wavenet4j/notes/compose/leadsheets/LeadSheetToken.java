package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.compose.leadsheets.LeadSheet.ChordAt;
import wavenet4j.notes.compose.leadsheets.LeadSheet.Tone;

import java.util.ArrayList;
import java.util.List;

/// A note or a rest of a lead sheet with its place in the bar and the chords that sound with it:
/// one token of the model.
///
/// @param pitch MIDI key in C major or A minor, or [Tone#REST]
/// @param length in ticks
/// @param slot the place in the bar where it begins, in ticks
/// @param chords the one at its beginning and those that begin while it lasts, at ticks counted
///   from its beginning
record LeadSheetToken(int pitch, int length, int slot, List<ChordAt> chords) {
    LeadSheetToken {
        chords = List.copyOf(chords);
    }

    /// The tokens of a lead sheet, in order.
    static List<LeadSheetToken> of(LeadSheet sheet) {
        var tokens = new ArrayList<LeadSheetToken>();
        for (Tone tone : sheet.tones()) {
            var chords = new ArrayList<ChordAt>();
            chords.add(new ChordAt(0, sheet.chordAt(tone.tick())));
            for (ChordAt at : sheet.chords()) {
                if (at.tick() > tone.tick() && at.tick() < tone.end()) {
                    chords.add(new ChordAt(at.tick() - tone.tick(), at.chord()));
                }
            }
            int slot = (sheet.start() + tone.tick()) % sheet.barTicks();
            tokens.add(new LeadSheetToken(tone.pitch(), tone.length(), slot, chords));
        }
        return tokens;
    }

    /// The lead sheet that tokens make.
    static LeadSheet sheet(int barTicks, List<LeadSheetToken> tokens) {
        var tones = new ArrayList<Tone>();
        var chords = new ArrayList<ChordAt>();
        int tick = 0;
        for (LeadSheetToken token : tokens) {
            tones.add(new Tone(tick, token.length, token.pitch));
            for (ChordAt at : token.chords) {
                boolean goesOn = !chords.isEmpty() && chords.getLast().chord().equals(at.chord());
                boolean isSilent = chords.isEmpty() && at.chord().equals(RelativeChord.NONE);
                if (!goesOn && !isSilent) chords.add(new ChordAt(tick + at.tick(), at.chord()));
            }
            tick += token.length;
        }
        int start = tokens.isEmpty() ? 0 : tokens.getFirst().slot();
        return new LeadSheet(barTicks, start, tones, chords);
    }

    boolean isRest() {
        return pitch == Tone.REST;
    }

    /// What sounds at a tick counted from its beginning.
    RelativeChord chordAt(int tick) {
        return LeadSheet.sounding(chords, tick);
    }
}
