package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.compose.leadsheets.LeadSheet.Tone;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many times as often the notes of a corpus have a pitch where a chord sounds as anywhere: the
/// weight of a note where chords are given.
final class ChordFit {
    /// Of a pitch that is no tone of its chord, against one that is, where nothing is counted.
    private static final double FOREIGN = 0.25;

    /// Notes that count as much as what is thought beforehand.
    private static final double PRIOR_NOTES = 20;

    private static final int OCTAVE = 12;

    private final double[] share = new double[OCTAVE]; // of the notes, by pitch class
    private final Map<RelativeChord, double[]> notesOf = new HashMap<>();

    /// Counts a corpus; a note counts with each chord that sounds while it lasts.
    ChordFit(List<List<LeadSheetToken>> pieces) {
        pieces.stream().flatMap(List::stream).filter(token -> !token.isRest()).forEach(this::count);
        double notes = 0;
        for (double of : share) notes += of;
        for (int i = 0; i < OCTAVE; i++) share[i] = (share[i] + 1) / (notes + OCTAVE);
    }

    private void count(LeadSheetToken token) {
        int pitchClass = Math.floorMod(token.pitch(), OCTAVE);
        for (LeadSheet.ChordAt at : token.chords()) {
            share[pitchClass]++;
            notesOf.computeIfAbsent(at.chord(), _ -> new double[OCTAVE])[pitchClass]++;
        }
    }

    /// The weight of a note or a rest; 1 for a rest, and where no chord sounds.
    double weight(int pitch, RelativeChord chord) {
        if (pitch == Tone.REST || chord.equals(RelativeChord.NONE)) return 1;
        double[] counted = notesOf.getOrDefault(chord, new double[OCTAVE]);
        double notes = 0;
        double before = 0;
        for (int i = 0; i < OCTAVE; i++) {
            notes += counted[i];
            before += prior(i, chord);
        }
        int pitchClass = Math.floorMod(pitch, OCTAVE);
        double given =
                (counted[pitchClass] + PRIOR_NOTES * prior(pitchClass, chord) / before)
                        / (notes + PRIOR_NOTES);
        return given / share[pitchClass];
    }

    private double prior(int pitchClass, RelativeChord chord) {
        return share[pitchClass] * (chord.hasTone(pitchClass) ? 1 : FOREIGN);
    }
}
