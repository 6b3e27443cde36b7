package wavenet4j.cli.compose;

import wavenet4j.notes.Meter;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.leadsheets.LeadSheetComposer;
import wavenet4j.notes.compose.leadsheets.LeadSheetComposer.Piece;
import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.harmony.ChordFinder;
import wavenet4j.notes.harmony.MelodyFinder;
import wavenet4j.notes.statistics.Melody;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The tunes of a folder, to compose in the style of.
///
/// @param without the names of the scores in which no melody was found
record StyleCorpus(List<Piece> pieces, List<String> without) {
    static StyleCorpus of(ScoreCorpus corpus) {
        var pieces = new ArrayList<Piece>();
        var without = new ArrayList<String>();
        for (ScoreCorpus.Kept kept : corpus.kept()) {
            Score score = withChords(kept.score());
            MelodyFinder.find(score)
                    .ifPresentOrElse(
                            melody ->
                                    pieces.add(
                                            new Piece(
                                                    kept.name(),
                                                    score,
                                                    melody.notes(),
                                                    kept.key())),
                            () -> without.add(kept.name()));
        }
        return new StyleCorpus(List.copyOf(pieces), List.copyOf(without));
    }

    /// The chords that are heard, where none are written.
    private static Score withChords(Score score) {
        return score.chords().isEmpty()
                ? new Score(
                        score.credits(),
                        score.timeline(),
                        ChordFinder.find(score),
                        score.parts(),
                        score.fermatas(),
                        score.end())
                : score;
    }

    /// The meter of most pieces.
    Meter commonMeter() {
        return pieces.stream()
                .map(piece -> piece.score().timeline().meters().getFirst())
                .collect(Collectors.groupingBy(Meter::signature, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElseThrow()
                .getFirst();
    }

    /// Whether most pieces are in minor keys.
    boolean isMinor() {
        Map<Boolean, Long> modes =
                pieces.stream()
                        .collect(
                                Collectors.groupingBy(
                                        piece -> piece.key().minor(), Collectors.counting()));
        return modes.getOrDefault(true, 0L) > modes.getOrDefault(false, 0L);
    }

    /// The melodies of pieces, to compare with.
    static List<Melody> melodies(List<Piece> pieces) {
        return pieces.stream()
                .map(piece -> new Melody(piece.name(), piece.melody(), piece.score().timeline()))
                .toList();
    }

    LeadSheetComposer composer() {
        return new LeadSheetComposer(pieces);
    }
}
