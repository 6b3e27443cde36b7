package wavenet4j.cli.compose;

import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.leadsheets.LeadSheetComposer.Piece;
import wavenet4j.notes.corpus.ScoreCorpus;

import java.util.List;

/// What is learned from, in a line.
final class StyleLine {
    private StyleLine() {}

    static String of(ScoreCorpus corpus, StyleCorpus tunes, List<Piece> taken, Form form) {
        int notes = taken.stream().mapToInt(piece -> piece.melody().size()).sum();
        String line =
                "%,d of %,d tunes, those in %s and %s: %,d notes"
                        .formatted(
                                taken.size(),
                                corpus.kept().size(),
                                form.meter().signature(),
                                mode(form),
                                notes);
        if (!tunes.without().isEmpty()) {
            line += "; %,d have no melody".formatted(tunes.without().size());
        }
        if (!corpus.leftOut().isEmpty()) {
            line +=
                    "; %,d files are left out, such as %s: %s"
                            .formatted(
                                    corpus.leftOut().size(),
                                    corpus.leftOut().getFirst().name(),
                                    corpus.leftOut().getFirst().reason());
        }
        return line;
    }

    static String mode(Form form) {
        return form.key().minor() ? "minor" : "major";
    }
}
