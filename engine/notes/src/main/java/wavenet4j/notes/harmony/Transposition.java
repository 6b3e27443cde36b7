package wavenet4j.notes.harmony;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Moves a score up or down: notes, chords and key signatures, each with the names of the new key.
/// Drums stay.
public final class Transposition {
    private final Score score;
    private final int semitones;

    private Transposition(Score score, int semitones) {
        this.score = score;
        this.semitones = semitones;
    }

    /// The score moved up by so many semitones, or down where they are negative.
    ///
    /// @throws IllegalArgumentException when a note would leave the keys from 0 to 127
    public static Score by(int semitones, Score score) {
        return semitones == 0 ? score : new Transposition(score, semitones).moved();
    }

    /// The score in C major or A minor, moved by half an octave at most as far as its notes allow.
    ///
    /// @param key of the score, as written or as [KeyFinder] has it
    /// @throws IllegalArgumentException when its notes fit neither way, for they need all keys
    public static Score toC(Score score, KeySignature key) {
        int up = Math.floorMod(-7 * key.sharps(), 12);
        int semitones = up > 6 ? up - 12 : up;
        if (!fits(semitones, score)) semitones += semitones > 0 ? -12 : 12;
        return by(semitones, score);
    }

    private static boolean fits(int semitones, Score score) {
        return pitched(score).allMatch(key -> key + semitones >= 0 && key + semitones <= 127);
    }

    private static IntStream pitched(Score score) {
        return score.parts().stream()
                .filter(part -> !part.percussion())
                .flatMap(part -> part.notes().stream())
                .mapToInt(Note::key);
    }

    private Score moved() {
        if (!fits(semitones, score)) {
            throw new IllegalArgumentException(
                    "notes from key %d to %d, moved by %d, leave the keys from 0 to 127"
                            .formatted(
                                    pitched(score).min().orElse(0),
                                    pitched(score).max().orElse(0),
                                    semitones));
        }
        Timeline timeline = score.timeline();
        List<KeySignature> keys = timeline.keys().stream().map(this::moved).toList();
        return score.withTimeline(new Timeline(timeline.meters(), timeline.tempos(), keys))
                .withChords(score.chords().stream().map(this::moved).toList())
                .withParts(score.parts().stream().map(this::moved).toList());
    }

    private KeySignature moved(KeySignature key) {
        return new KeySignature(key.onset(), key.sharps() + fifths(key.sharps()), key.minor());
    }

    private ChordSymbol moved(ChordSymbol symbol) {
        Fraction onset = symbol.onset();
        Optional<Chord> chord =
                symbol.chord()
                        .map(from ->
                                new Chord(
                                        moved(from.root(), onset),
                                        from.kind(),
                                        from.degrees(),
                                        from.bass().map(bass -> moved(bass, onset))));
        return new ChordSymbol(onset, chord);
    }

    private Part moved(Part part) {
        if (part.percussion()) return part;
        List<Note> notes =
                part.notes().stream()
                        .map(note ->
                                new Note(
                                        note.onset(),
                                        note.length(),
                                        note.key() + semitones,
                                        moved(note.name(), note.onset()),
                                        note.velocity(),
                                        note.voice()))
                        .toList();
        return part.withNotes(notes);
    }

    /// The name a tone has in the new key, as far as two sharps or flats suffice.
    private PitchName moved(PitchName name, Fraction onset) {
        int sharps = score.timeline().keyAt(onset).sharps();
        int fifths = name.fifths() + fifths(sharps);
        boolean named = fifths >= -15 && fifths <= 19;
        return named
                ? new PitchName(fifths)
                : PitchName.of(
                        Math.floorMod(name.pitchClass() + semitones, 12), sharps + fifths(sharps));
    }

    /// The way on the line of fifths that makes the new key signature the simplest one.
    private int fifths(int sharps) {
        int target = Math.floorMod(sharps + 7 * semitones, 12);
        boolean flats = target > 6 || (target == 6 && sharps < 0);
        return (flats ? target - 12 : target) - sharps;
    }
}
