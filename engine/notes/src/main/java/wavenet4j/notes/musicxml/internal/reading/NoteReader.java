package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Notations;
import org.audiveris.proxymusic.Pitch;
import org.audiveris.proxymusic.StartStop;
import org.audiveris.proxymusic.Tie;
import org.audiveris.proxymusic.Tied;
import org.audiveris.proxymusic.TiedType;
import org.audiveris.proxymusic.Unpitched;
import org.jspecify.annotations.Nullable;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.playing.PartMeasure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads notes, grace notes and rests of a part.
final class NoteReader {
    private static final int MOST_VOICES = 1_000;

    private final Map<String, Integer> voices = new HashMap<>();
    private final Instruments instruments;
    private final Attribution attributes;
    private final Loudness loudness;
    private final Remarks remarks;
    private final List<Unplayed> ofMeasure = new ArrayList<>();

    /// A note whose velocity is known when its measure is read, for dynamics may follow it there.
    private record Unplayed(
            Fraction onset,
            Fraction length,
            int key,
            PitchName name,
            OptionalInt velocity,
            String voice,
            boolean unpitched,
            boolean continues,
            boolean goesOn) {}

    /// A pitch as it sounds.
    private record Sounding(int key, PitchName name) {}

    NoteReader(
            Instruments instruments, Attribution attributes, Loudness loudness, Remarks remarks) {
        this.instruments = instruments;
        this.attributes = attributes;
        this.loudness = loudness;
        this.remarks = remarks;
    }

    void read(org.audiveris.proxymusic.Note note, PartMeasure measure) {
        boolean grace = note.getGrace() != null;
        Fraction length = grace ? Fraction.ZERO : attributes.length(note.getDuration());
        if (length.sign() < 0 || (length.sign() == 0 && !grace)) {
            remarks.happened("note", "without a duration, and left out");
            return;
        }
        Fraction onset = measure.place(length, note.getChord() != null);
        for (Notations notations : note.getNotations()) {
            NotationReader.read(notations, onset, measure, loudness, remarks);
        }
        LyricReader.read(note.getLyric(), onset, measure, remarks);
        if (note.getRest() != null) return;
        if (note.getCue() != null) {
            remarks.leftOut("cue note");
            return;
        }
        Optional<Sounding> pitch = pitch(note);
        if (pitch.isEmpty()) return;
        BigDecimal dynamics = note.getDynamics();
        boolean continues = tie(note, StartStop.STOP);
        boolean goesOn = tie(note, StartStop.START);
        ofMeasure.add(
                new Unplayed(
                        onset,
                        length,
                        pitch.get().key,
                        pitch.get().name,
                        dynamics == null
                                ? OptionalInt.empty()
                                : OptionalInt.of(Loudness.ofPercent(dynamics)),
                        note.getVoice() == null ? "1" : note.getVoice().strip(),
                        note.getUnpitched() != null,
                        continues && !grace,
                        goesOn && !grace));
    }

    /// Gives the measure its notes with their velocities.
    void endMeasure(PartMeasure measure) {
        for (Unplayed note : ofMeasure) {
            var played =
                    new Note(
                            note.onset,
                            note.length,
                            note.key,
                            note.name,
                            note.velocity.orElseGet(() -> loudness.at(note.onset)),
                            voice(note.voice));
            measure.notes.add(
                    new PartMeasure.WrittenNote(
                            played, note.voice, note.unpitched, note.continues, note.goesOn));
        }
        ofMeasure.clear();
        loudness.endMeasure();
    }

    private Optional<Sounding> pitch(org.audiveris.proxymusic.Note note) {
        if (note.getUnpitched() != null) return Optional.of(unpitched(note, note.getUnpitched()));
        Pitch pitch = note.getPitch();
        if (pitch == null || pitch.getStep() == null) {
            remarks.happened("note", "without a pitch, and left out");
            return Optional.empty();
        }
        Transposition transposition = attributes.transposition(note.getStaff());
        int alter = alter(pitch.getAlter());
        int natural = PitchName.of(pitch.getStep().name().charAt(0), 0).fifths();
        PitchName name = transposition.name(natural + 7 * alter);
        int octave = Math.clamp(pitch.getOctave(), -100, 100);
        int key =
                12 * (octave + 1)
                        + Math.floorMod(7 * natural, 12)
                        + alter
                        + transposition.semitones();
        if (key < 0 || key > 127) {
            remarks.happened("note", "beyond the keys of MIDI, and left out");
            return Optional.empty();
        }
        return Optional.of(new Sounding(key, name));
    }

    private Sounding unpitched(org.audiveris.proxymusic.Note note, Unpitched unpitched) {
        OptionalInt key = instruments.drum(note);
        if (key.isEmpty()) {
            remarks.happened(
                    "unpitched note", "without a MIDI key, and read by its place on the staff");
        }
        int drum = key.orElseGet(() -> Instruments.drumAt(unpitched));
        return new Sounding(drum, PitchName.of(drum, attributes.sharps()));
    }

    private int alter(@Nullable BigDecimal alter) {
        if (alter == null) return 0;
        Fraction exact = Numbers.exact(alter);
        if (exact.denominator() != 1) {
            remarks.happened("microtone", "rounded up to a key");
        }
        return Math.clamp(exact.round(), -12, 12);
    }

    /// Whether a tie leads to or on from a note; a printed one counts where none is played.
    private static boolean tie(org.audiveris.proxymusic.Note note, StartStop side) {
        if (!note.getTie().isEmpty()) {
            for (Tie tie : note.getTie()) if (tie.getType() == side) return true;
            return false;
        }
        TiedType printed = side == StartStop.START ? TiedType.START : TiedType.STOP;
        return note.getNotations().stream()
                .flatMap(notations -> notations.getTiedOrSlurOrTuplet().stream())
                .anyMatch(sign -> sign instanceof Tied tied && tied.getType() == printed);
    }

    /// The number of a voice: its name if that is one, also before a dot, by which notes that
    /// overlap in one voice are written as several; otherwise the next one free.
    private int voice(String name) {
        Integer known = voices.get(name);
        if (known != null) return known;
        int dot = name.indexOf('.');
        OptionalInt named = Numbers.integer(dot < 0 ? name : name.substring(0, dot));
        int number = named.orElse(0);
        if (number < 1 || number > MOST_VOICES) {
            number = Math.min(voices.size() + 1, MOST_VOICES);
        }
        voices.put(name, number);
        return number;
    }
}
