package wavenet4j.cli.scores;

import org.jspecify.annotations.Nullable;

import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.JsonFile;
import wavenet4j.notes.Score;
import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.corpus.ScoreCorpus.LeftOut;
import wavenet4j.notes.statistics.VoiceLeading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Reads scores and prints what they hold, section by section.
public final class ScoreReport {
    private final ScoreOptions options;
    private final @Nullable JsonFile json;
    private final Console console;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    /// @param json to write the same figures to; null for none
    /// @throws IllegalArgumentException when that would write over one of the scores
    public ScoreReport(ScoreOptions options, @Nullable JsonFile json, Console console)
            throws IOException {
        this.options = options;
        this.json = json;
        this.console = console;
        if (json == null || !Files.exists(json.path()) || !Files.exists(options.path())) return;
        if (json.path().toRealPath().startsWith(options.path().toRealPath())) {
            throw new IllegalArgumentException(
                    "--json %s is there already, among the scores; name another file"
                            .formatted(json.path()));
        }
    }

    /// Reads, prints, and writes the file that is asked for.
    ///
    /// @throws IllegalArgumentException when there are no scores, or too few for what is asked
    public void run() throws IOException {
        Path path = options.path();
        ScoreCorpus corpus = ScoreCorpus.scan(path, OptionalInt.empty());
        requireScores(corpus);
        List<CountedPieces> counted = options.bits() ? CountedPieces.of(corpus, path) : List.of();
        boolean single = !Files.isDirectory(path) && corpus.kept().size() == 1;
        Kept first = corpus.kept().getFirst();
        print(single ? SingleScore.section(first, corpus) : CorpusFacts.section(corpus));
        List<Score> voiced = corpus.scores().stream().filter(VoiceLeading::hasVoices).toList();
        if (!voiced.isEmpty()) print(VoiceTable.section(voiced, corpus.kept().size()));
        print(StyleTable.section(corpus));
        if (!counted.isEmpty()) print(BitsTable.section(counted, console));
        if (json == null) return;
        json.write(figures);
        console.log("wrote", json.path().toString());
    }

    private void requireScores(ScoreCorpus corpus) {
        if (!corpus.kept().isEmpty()) return;
        Path path = options.path();
        if (corpus.leftOut().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no scores; name a folder of MIDI, MusicXML or MXL files"
                            .formatted(path));
        }
        LeftOut first = corpus.leftOut().getFirst();
        throw new IllegalArgumentException(
                Files.isDirectory(path)
                        ? "%s has no scores that can be used: %,d are left out, such as %s, which %s"
                                .formatted(
                                        path, corpus.leftOut().size(), first.name(), first.reason())
                        : "%s %s".formatted(path, first.reason()));
    }

    private void print(Section section) {
        if (!figures.isEmpty()) console.print("");
        figures.put(section.key(), section.figures());
        section.lines().forEach(console::print);
    }
}
