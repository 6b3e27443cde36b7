package wavenet4j.cli.compose;

import wavenet4j.cli.console.Console;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Composition.Composed;
import wavenet4j.notes.compose.Composition.Take;
import wavenet4j.notes.corpus.ScoreFile;
import wavenet4j.notes.picture.PianoRoll;
import wavenet4j.notes.statistics.Melody;
import wavenet4j.notes.statistics.SharedStretch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files of the takes, and what is said of each.
final class SheetOutput {
    private final Path folder;
    private final String stem;
    private final String extension;
    private final int takes;
    private final Console console;

    /// Checks the name.
    ///
    /// @throws IllegalArgumentException when it is none of a MusicXML file
    SheetOutput(Path out, int takes, Console console) {
        String name = String.valueOf(out.getFileName());
        int dot = name.lastIndexOf('.');
        extension = dot < 0 ? "" : name.substring(dot);
        if (!List.of(".musicxml", ".xml", ".mxl").contains(extension)) {
            throw new IllegalArgumentException(
                    "--out %s does not end in .musicxml or .mxl; name such a file".formatted(out));
        }
        stem = name.substring(0, dot);
        folder = out.resolveSibling("");
        this.takes = takes;
        this.console = console;
    }

    /// Draws and writes every take, and tells its likelihood, and what it shares with the tunes.
    ///
    /// @param first the seed of the first take; the others have those that follow
    /// @param token what a take consists of, with its article
    void write(Composed composed, long first, List<Melody> tunes, String token) throws IOException {
        var finder = new SharedStretch.Finder(tunes);
        for (int i = 0; i < takes; i++) {
            Take sheet = composed.take(first + i);
            String name = takes == 1 ? stem : stem + "-" + (i + 1);
            Path sheetFile = folder.resolve(name + extension);
            ScoreFile.write(sheet.score(), sheetFile);
            ScoreFile.write(sheet.score(), folder.resolve(name + ".mid"));
            PianoRoll.save(PianoRoll.of(sheet.score()), folder.resolve(name + ".png"));
            console.log(
                    "take " + (i + 1),
                    "%.2f bits %s; %s"
                            .formatted(
                                    sheet.bits() / sheet.tokens(),
                                    token,
                                    shared(finder, sheet.score())));
            console.print("%s %s.mid %s.png".formatted(sheetFile.getFileName(), name, name));
        }
    }

    private static String shared(SharedStretch.Finder finder, Score score) {
        var melody = new Melody("", score.parts().getFirst().notes(), score.timeline());
        Optional<SharedStretch> longest = finder.longest(melody);
        return longest.map(of ->
                        "shares at most %.2f bars, %d notes, with %s from bar %d on"
                                .formatted(
                                        of.bars(), of.notes(), of.piece().name(), of.barInPiece()))
                .orElse("shares nothing with the tunes");
    }
}
