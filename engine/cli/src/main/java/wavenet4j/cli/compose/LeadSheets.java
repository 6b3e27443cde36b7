package wavenet4j.cli.compose;

import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.leadsheets.LeadSheetComposer;
import wavenet4j.notes.compose.leadsheets.LeadSheetComposer.Piece;
import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.harmony.ChordFinder;
import wavenet4j.notes.harmony.MelodyFinder;
import wavenet4j.notes.statistics.Melody;

import java.util.ArrayList;
import java.util.List;

/// The tunes of a folder, a melody with chords each.
///
/// @param withoutMelody how many scores there are in which none was found
record LeadSheets(List<Piece> pieces, int withoutMelody) implements Tunes {
    static LeadSheets of(ScoreCorpus corpus) {
        var pieces = new ArrayList<Piece>();
        for (ScoreCorpus.Kept kept : corpus.kept()) {
            Score score = withChords(kept.score());
            MelodyFinder.find(score)
                    .ifPresent(melody ->
                            pieces.add(new Piece(kept.name(), score, melody.notes(), kept.key())));
        }
        return new LeadSheets(List.copyOf(pieces), corpus.kept().size() - pieces.size());
    }

    /// The chords that are heard, where none are written.
    private static Score withChords(Score score) {
        return score.chords().isEmpty() ? score.withChords(ChordFinder.find(score)) : score;
    }

    @Override
    public List<Score> scores() {
        return pieces.stream().map(Piece::score).toList();
    }

    @Override
    public List<KeySignature> keys() {
        return pieces.stream().map(Piece::key).toList();
    }

    @Override
    public String without() {
        return withoutMelody == 0 ? "" : "%,d have no melody".formatted(withoutMelody);
    }

    @Override
    public LeadSheetComposer composer() {
        return new LeadSheetComposer(pieces);
    }

    @Override
    public List<Melody> melodies(Form form) {
        return composer().style(form).stream()
                .map(piece -> new Melody(piece.name(), piece.melody(), piece.score().timeline()))
                .toList();
    }

    @Override
    public int notes(Form form) {
        return composer().style(form).stream().mapToInt(piece -> piece.melody().size()).sum();
    }
}
