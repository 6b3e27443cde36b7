package wavenet4j.notes;

import static org.assertj.core.api.Assumptions.assumeThat;

import wavenet4j.notes.midi.MidiFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Collections of scores that tests skip where they are absent.
public final class TestData {
    private TestData() {}

    /// By file name, without its ending.
    public static SortedMap<String, Score> scores(String collection) throws IOException {
        Path data = Path.of(System.getProperty("wavenet4j.data", "shared/data"));
        Path folder = data.resolve(collection).resolve("midi");
        assumeThat(folder).isDirectory();
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        var scores = new TreeMap<String, Score>();
        for (Path file : files) {
            String name = file.toFile().getName().replaceFirst("\\.mid$", "");
            scores.put(name, MidiFile.read(file).score());
        }
        return scores;
    }
}
