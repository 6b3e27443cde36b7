package wavenet4j.cli.scores;

import wavenet4j.notes.Score;
import wavenet4j.notes.counts.HeldOutBits;
import wavenet4j.notes.counts.HeldOutBits.Model;
import wavenet4j.notes.counts.Split;
import wavenet4j.notes.statistics.Melody;

/// What count models can predict of a score.
enum CountedMusic {
    MELODY(
            "melodies",
            "a note",
            "A token is a note or a rest: its length in twelfths of a quarter, and its key."),
    CHORDS(
            "chord symbols",
            "a chord",
            "A token is a chord: its root and kind. When chords change is not coded."),
    VOICES(
            "four voices",
            "a change",
            "A token is a voice at a sixteenth: a key, a rest, or what sounds already.");

    private final String title;
    private final String note;
    private final String token;

    CountedMusic(String title, String note, String token) {
        this.title = title;
        this.note = note;
        this.token = token;
    }

    /// As a heading has it.
    String title() {
        return title;
    }

    /// What some tokens are that begin something.
    String note() {
        return note;
    }

    /// A sentence that says what a token is.
    String token() {
        return token;
    }

    boolean isIn(Score score) {
        return switch (this) {
            case CHORDS -> !score.chords().isEmpty();
            case MELODY -> !score.chords().isEmpty() || hasLines(score, 1);
            case VOICES -> hasLines(score, 4);
        };
    }

    private static boolean hasLines(Score score, int parts) {
        return score.parts().size() == parts
                && score.parts().stream()
                        .allMatch(part -> !part.percussion() && Melody.isLine(part.notes()));
    }

    HeldOutBits bits(Split<Score> pieces, Model model) {
        return switch (this) {
            case MELODY -> HeldOutBits.ofMelodies(pieces, model);
            case CHORDS -> HeldOutBits.ofChords(pieces, model);
            case VOICES -> HeldOutBits.ofVoices(pieces, model);
        };
    }
}
