package wavenet4j.notes.musicxml.internal.writing;

import org.audiveris.proxymusic.Empty;
import org.audiveris.proxymusic.EmptyPlacement;
import org.audiveris.proxymusic.Fermata;
import org.audiveris.proxymusic.Grace;
import org.audiveris.proxymusic.Instrument;
import org.audiveris.proxymusic.Lyric;
import org.audiveris.proxymusic.Notations;
import org.audiveris.proxymusic.NoteType;
import org.audiveris.proxymusic.ObjectFactory;
import org.audiveris.proxymusic.Pitch;
import org.audiveris.proxymusic.Rest;
import org.audiveris.proxymusic.StartStop;
import org.audiveris.proxymusic.Syllabic;
import org.audiveris.proxymusic.TextElementData;
import org.audiveris.proxymusic.Tie;
import org.audiveris.proxymusic.Tied;
import org.audiveris.proxymusic.TiedType;
import org.audiveris.proxymusic.TimeModification;
import org.audiveris.proxymusic.Unpitched;
import org.audiveris.proxymusic.YesNo;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.internal.Remarks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Makes the note elements of a part.
final class NoteElements {
    /// What a note without a share of forte is read as, so that it needs none.
    private static final int USUAL_VELOCITY = 80;

    private static final int FORTE = 90;

    private final PartInstruments instruments;
    private final long divisions;
    private final Remarks remarks;

    NoteElements(PartInstruments instruments, long divisions, Remarks remarks) {
        this.instruments = instruments;
        this.divisions = divisions;
        this.remarks = remarks;
    }

    /// A duration in divisions.
    BigDecimal duration(Fraction length) {
        return BigDecimal.valueOf(length.times(divisions).numerator());
    }

    /// A rest of all of a measure.
    org.audiveris.proxymusic.Note measureRest(Fraction length, String voice) {
        var rest = new Rest();
        rest.setMeasure(YesNo.YES);
        var element = new org.audiveris.proxymusic.Note();
        element.setRest(rest);
        element.setDuration(duration(length));
        element.setVoice(voice);
        return element;
    }

    org.audiveris.proxymusic.Note rest(NoteShape shape, String voice) {
        var element = new org.audiveris.proxymusic.Note();
        element.setRest(new Rest());
        shape(element, shape, voice);
        return element;
    }

    org.audiveris.proxymusic.Note grace(Note note, String voice) {
        var element = new org.audiveris.proxymusic.Note();
        element.setGrace(new Grace());
        pitch(element, note);
        element.setVoice(voice);
        type(element, "eighth");
        return element;
    }

    /// A note or a tied piece of one.
    ///
    /// @param continues whether a tie leads to it
    /// @param goesOn whether a tie leads on from it
    org.audiveris.proxymusic.Note note(
            Note note, NoteShape shape, String voice, boolean continues, boolean goesOn) {
        var element = new org.audiveris.proxymusic.Note();
        pitch(element, note);
        shape(element, shape, voice);
        if (shape.type().isEmpty()) {
            remarks.happened(
                    "note", "of a length without a note type, and written as a duration alone");
        }
        if (continues || goesOn) {
            var notations = new Notations();
            if (continues) tie(element, notations, StartStop.STOP, TiedType.STOP);
            if (goesOn) tie(element, notations, StartStop.START, TiedType.START);
            element.getNotations().add(notations);
        }
        return element;
    }

    /// Makes a note one of the chord of the note before.
    static void join(org.audiveris.proxymusic.Note element) {
        element.setChord(new Empty());
    }

    static void fermata(org.audiveris.proxymusic.Note element) {
        if (element.getNotations().isEmpty()) element.getNotations().add(new Notations());
        element.getNotations().getFirst().getTiedOrSlurOrTuplet().add(new Fermata());
    }

    /// Adds a syllable.
    ///
    /// @param inWord whether it goes on with a word
    static void lyric(org.audiveris.proxymusic.Note element, Part.Lyric syllable, boolean inWord) {
        boolean goesOn = syllable.text().endsWith("-");
        String text = syllable.text().substring(0, syllable.text().length() - (goesOn ? 1 : 0));
        var data = new TextElementData();
        data.setValue(XmlText.clean(text));
        Syllabic whole = inWord ? Syllabic.END : Syllabic.SINGLE;
        Syllabic begun = inWord ? Syllabic.MIDDLE : Syllabic.BEGIN;
        var lyric = new Lyric();
        lyric.setNumber("" + syllable.verse());
        lyric.getElisionAndSyllabicAndText().add(goesOn ? begun : whole);
        lyric.getElisionAndSyllabicAndText().add(data);
        element.getLyric().add(lyric);
    }

    private void pitch(org.audiveris.proxymusic.Note element, Note note) {
        PitchName name = note.name();
        int octave = Math.floorDiv(note.key() - name.alter(), 12) - 1;
        var drum = instruments.drums().get(note.key());
        if (drum != null) {
            var unpitched = new Unpitched();
            unpitched.setDisplayStep(Signs.step(name));
            unpitched.setDisplayOctave(octave);
            element.setUnpitched(unpitched);
            var instrument = new Instrument();
            instrument.setId(drum);
            element.getInstrument().add(instrument);
        } else {
            var pitch = new Pitch();
            pitch.setStep(Signs.step(name));
            if (name.alter() != 0) pitch.setAlter(BigDecimal.valueOf(name.alter()));
            pitch.setOctave(octave);
            element.setPitch(pitch);
        }
        if (octave < 0) remarks.happened("note", "in octave -1, which MusicXML does not have");
        if (note.velocity() != USUAL_VELOCITY) {
            element.setDynamics(
                    BigDecimal.valueOf(100L * note.velocity())
                            .divide(BigDecimal.valueOf(FORTE), 2, RoundingMode.HALF_EVEN));
        }
    }

    private void shape(org.audiveris.proxymusic.Note element, NoteShape shape, String voice) {
        element.setDuration(duration(shape.length()));
        element.setVoice(voice);
        shape.type().ifPresent(type -> type(element, type));
        for (int i = 0; i < shape.dots(); i++) element.getDot().add(new EmptyPlacement());
        if (shape.actual() != 1) {
            var tuplet = new TimeModification();
            tuplet.setActualNotes(BigInteger.valueOf(shape.actual()));
            tuplet.setNormalNotes(BigInteger.valueOf(shape.normal()));
            element.setTimeModification(tuplet);
        }
    }

    private static void type(org.audiveris.proxymusic.Note element, String name) {
        NoteType type = new ObjectFactory().createNoteType();
        type.setValue(name);
        element.setType(type);
    }

    private static void tie(
            org.audiveris.proxymusic.Note element,
            Notations notations,
            StartStop side,
            TiedType printed) {
        var tie = new Tie();
        tie.setType(side);
        element.getTie().add(tie);
        var tied = new Tied();
        tied.setType(printed);
        notations.getTiedOrSlurOrTuplet().add(tied);
    }
}
