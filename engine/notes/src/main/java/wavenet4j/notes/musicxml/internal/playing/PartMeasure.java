package wavenet4j.notes.musicxml.internal.playing;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Tempo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one part has in one measure, as written; times from the measure's beginning. Filled while
/// the measure is read.
public final class PartMeasure {
    public final List<WrittenNote> notes = new ArrayList<>();
    public final List<Part.Lyric> lyrics = new ArrayList<>();
    public final List<Part.Pedal> pedal = new ArrayList<>();
    public final List<ChordSymbol> chords = new ArrayList<>();
    public final Map<Fraction, TimeSignature> signatures = new LinkedHashMap<>();
    public final Map<Fraction, KeySignature> keys = new LinkedHashMap<>();
    public final List<Tempo> tempos = new ArrayList<>();
    public final List<Fraction> fermatas = new ArrayList<>();

    /// How far notes, rests and forwards reach.
    Fraction length = Fraction.ZERO;

    /// Where the next note begins.
    private Fraction position = Fraction.ZERO;

    /// Where the last one began, which the notes of its chord share.
    private Fraction chordOnset = Fraction.ZERO;

    /// A note as written.
    ///
    /// @param note its onset from the measure's beginning
    /// @param voice as named
    /// @param unpitched whether its key is a drum's
    /// @param continues whether a tie leads to it
    /// @param goesOn whether a tie leads on from it
    public record WrittenNote(
            Note note, String voice, boolean unpitched, boolean continues, boolean goesOn) {}

    /// A time signature.
    ///
    /// @param meter absent where there are no bars of one length
    public record TimeSignature(Fraction onset, Optional<Meter> meter) {}

    /// Where the next note begins.
    public Fraction position() {
        return position;
    }

    /// The onset of a note; the next one follows it.
    public Fraction place(Fraction noteLength, boolean inChord) {
        if (!inChord) {
            chordOnset = position;
            move(noteLength);
        }
        length = length.max(chordOnset.plus(noteLength));
        return chordOnset;
    }

    /// Goes on, or back where the distance is negative.
    ///
    /// @return whether that lies in the measure; otherwise its beginning is the new place
    public boolean move(Fraction distance) {
        Fraction target = position.plus(distance);
        position = target.max(Fraction.ZERO);
        length = length.max(position);
        return target.sign() >= 0;
    }

    /// A place so far from the current one, not before the measure.
    public Fraction near(Fraction offset) {
        return position.plus(offset).max(Fraction.ZERO);
    }
}
