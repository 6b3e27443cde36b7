package wavenet4j.cli.compose;

import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.voices.VoicesComposer;
import wavenet4j.notes.compose.voices.VoicesComposer.Piece;
import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.statistics.Melody;
import wavenet4j.notes.statistics.VoiceLeading;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The scores of a folder that are of as many voices as most of them, each voice a line.
///
/// @param composer that learns from them
/// @param others how many scores there are beside them
record Chorales(List<Piece> pieces, VoicesComposer composer, int voices, int others)
        implements Tunes {
    static Chorales of(ScoreCorpus corpus) {
        Map<Integer, List<Piece>> byVoices =
                corpus.kept().stream()
                        .filter(kept -> VoiceLeading.hasVoices(kept.score()))
                        .map(kept -> new Piece(kept.name(), kept.score(), kept.key()))
                        .collect(
                                Collectors.groupingBy(
                                        Piece::voices, TreeMap::new, Collectors.toList()));
        return byVoices.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(most -> of(most.getValue(), most.getKey(), corpus))
                .orElse(of(List.of(), 0, corpus));
    }

    private static Chorales of(List<Piece> pieces, int voices, ScoreCorpus corpus) {
        var composer = new VoicesComposer(pieces, voices);
        return new Chorales(pieces, composer, voices, corpus.kept().size() - pieces.size());
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
        if (others == 0) return "";
        return pieces.isEmpty()
                ? "no score is of two voices or more, each a line"
                : "%,d beside them, not of %d voices".formatted(others, voices);
    }

    @Override
    public List<Melody> melodies(Form form) {
        return composer.style(form).stream()
                .map(piece -> {
                    Melody top = VoiceLeading.voices(piece.score()).getFirst();
                    return new Melody(piece.name(), top.notes(), top.timeline());
                })
                .toList();
    }

    @Override
    public int notes(Form form) {
        return composer.style(form).stream().mapToInt(piece -> piece.score().notes()).sum();
    }
}
