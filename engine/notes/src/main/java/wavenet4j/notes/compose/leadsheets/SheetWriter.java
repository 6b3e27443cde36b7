package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.leadsheets.LeadSheet.Tone;
import wavenet4j.notes.harmony.ChordTones;
import wavenet4j.notes.internal.Grid;

import java.util.ArrayList;
import java.util.List;

/// Makes a score of a lead sheet: melody, chords and bass as parts, and the chord symbols.
final class SheetWriter {
    private static final int PIANO = 0;
    private static final int ACOUSTIC_BASS = 32;
    private static final int MELODY_VELOCITY = 90;
    private static final int CHORD_VELOCITY = 55;
    private static final int BASS_VELOCITY = 70;

    private SheetWriter() {}

    /// @param kept what stays of a given sheet
    static Score score(LeadSheet sheet, Form form, KeptEvents kept, String title) {
        int shift = form.shift();
        int sharps = form.key().sharps();
        Fraction end = kept.end();
        var melody = new ArrayList<Note>();
        for (Tone tone : sheet.tones()) {
            if (tone.pitch() == Tone.REST) continue;
            Fraction onset = Grid.quarters(tone.tick());
            Fraction length = Grid.quarters(tone.length());
            int key = tone.pitch() - shift;
            PitchName name = PitchName.of(key, sharps);
            melody.add(new Note(onset, length, key, name, MELODY_VELOCITY, 1));
        }
        List<ChordSymbol> symbols =
                kept.amongChords(
                        sheet.chords().stream()
                                .map(at ->
                                        at.chord().symbol(Grid.quarters(at.tick()), shift, sharps))
                                .toList());
        var parts = new ArrayList<Part>();
        parts.add(kept.among(melody));
        parts.addAll(accompaniment(symbols, end, sharps));
        return new Score(kept.credits(title), form.timeline(), symbols, parts, List.of(), end);
    }

    /// Each chord for as long as it holds, its lowest tone in the bass.
    private static List<Part> accompaniment(List<ChordSymbol> symbols, Fraction end, int sharps) {
        var chords = new ArrayList<Note>();
        var bass = new ArrayList<Note>();
        List<Integer> keys = List.of();
        for (int i = 0; i < symbols.size(); i++) {
            ChordSymbol symbol = symbols.get(i);
            if (symbol.chord().isEmpty()) continue;
            Fraction until = i + 1 < symbols.size() ? symbols.get(i + 1).onset() : end;
            Fraction length = until.minus(symbol.onset());
            ChordSymbol.Chord chord = symbol.chord().get();
            keys = ChordTones.voicing(chord, keys);
            for (int k = 0; k < keys.size(); k++) {
                int key = keys.get(k);
                PitchName name = ChordTones.name(chord, key, sharps);
                int velocity = k == 0 ? BASS_VELOCITY : CHORD_VELOCITY;
                (k == 0 ? bass : chords)
                        .add(new Note(symbol.onset(), length, key, name, velocity, 1));
            }
        }
        return List.of(new Part("Chords", PIANO, chords), new Part("Bass", ACOUSTIC_BASS, bass));
    }
}
