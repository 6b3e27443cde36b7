package wavenet4j.notes.midi;

import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.internal.Remarks;

/// What a score has that no MIDI file has.
final class Losses {
    private Losses() {}

    static void tell(Score score, Remarks remarks) {
        if (!score.credits().composer().isEmpty()) remarks.say("the composer is left out");
        remarks.count(score.fermatas().size(), "fermata is left out", "fermatas are left out");
        for (Part part : score.parts()) {
            remarks.count(
                    part.notes().stream().filter(note -> note.voice() > 1).count(),
                    "note is written without its voice",
                    "notes are written without their voices");
            if (part.percussion()) continue;
            remarks.count(
                    part.notes().stream().filter(note -> !isNamedByKey(note, score)).count(),
                    "note is not spelled as its key signature suggests; that is left out",
                    "notes are not spelled as their key signatures suggest; that is left out");
        }
    }

    private static boolean isNamedByKey(Note note, Score score) {
        int sharps = score.timeline().keyAt(note.onset()).sharps();
        return note.name().equals(PitchName.of(note.key(), sharps));
    }
}
