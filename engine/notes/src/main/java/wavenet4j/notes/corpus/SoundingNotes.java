package wavenet4j.notes.corpus;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.List;

/// The pitched notes of a score, whatever parts they are in and however they are written and
/// played, so that two files of one piece are known.
record SoundingNotes(List<Sound> sounds) {
    record Sound(Fraction onset, Fraction length, int key) {}

    static SoundingNotes of(Score score) {
        return new SoundingNotes(
                score.parts().stream()
                        .filter(part -> !part.percussion())
                        .map(Part::notes)
                        .flatMap(List::stream)
                        .filter(note -> !note.isGrace())
                        .sorted()
                        .map(SoundingNotes::sound)
                        .toList());
    }

    private static Sound sound(Note note) {
        return new Sound(note.onset(), note.length(), note.key());
    }

    boolean isEmpty() {
        return sounds.isEmpty();
    }
}
