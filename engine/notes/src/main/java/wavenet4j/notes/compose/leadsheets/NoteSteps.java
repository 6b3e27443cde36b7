package wavenet4j.notes.compose.leadsheets;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which notes and rests can follow which pitch in a melody of a style, whatever the chords: those
/// that follow it in the corpus, and those that were admitted everywhere.
final class NoteSteps {
    private final Set<Step> inCorpus = new HashSet<>();
    private final Set<Note> possible = new HashSet<>();
    private final Set<Note> everywhere = new HashSet<>();

    private record Note(int slot, int pitch, int length) {
        static Note of(LeadSheetToken token) {
            return new Note(token.slot(), token.pitch(), token.length());
        }
    }

    private record Step(int pitch, Note next) {}

    /// @param possible the tokens that can begin somewhere
    NoteSteps(LeadSheetStyle style, BitSet possible) {
        for (List<LeadSheetToken> piece : style.pieces()) {
            for (int i = 1; i < piece.size(); i++) {
                inCorpus.add(new Step(piece.get(i - 1).pitch(), Note.of(piece.get(i))));
            }
        }
        possible.stream().forEach(token -> this.possible.add(Note.of(style.token(token))));
        style.admittedEverywhere().forEach(token -> everywhere.add(Note.of(token)));
    }

    /// Whether a token's note or rest can follow a pitch.
    boolean allow(int pitch, LeadSheetToken next) {
        return allow(pitch, Note.of(next));
    }

    /// Whether a note or a rest can follow a pitch.
    boolean allow(int pitch, int slot, int nextPitch, int nextLength) {
        return allow(pitch, new Note(slot, nextPitch, nextLength));
    }

    private boolean allow(int pitch, Note next) {
        return possible.contains(next)
                && (everywhere.contains(next) || inCorpus.contains(new Step(pitch, next)));
    }
}
