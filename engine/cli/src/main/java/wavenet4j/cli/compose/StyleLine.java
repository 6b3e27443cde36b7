package wavenet4j.cli.compose;

import wavenet4j.notes.compose.Form;
import wavenet4j.notes.corpus.ScoreCorpus;

/// What is learned from, in a line.
final class StyleLine {
    private StyleLine() {}

    /// @param taken how many of the tunes
    static String of(ScoreCorpus corpus, Tunes tunes, int taken, Form form) {
        String line =
                "%,d of %,d tunes, those in %s and %s: %,d notes"
                        .formatted(
                                taken,
                                corpus.kept().size(),
                                form.meter().signature(),
                                mode(form),
                                tunes.notes(form));
        if (!tunes.without().isEmpty()) line += "; " + tunes.without();
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
