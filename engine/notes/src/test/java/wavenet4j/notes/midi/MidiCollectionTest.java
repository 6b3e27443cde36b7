package wavenet4j.notes.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Hundreds of MIDI files by several programs.
final class MidiCollectionTest {
    private final Path data = Path.of(System.getProperty("wavenet4j.data", "shared/data"));

    private List<Path> files() throws IOException {
        assumeThat(data).isDirectory();
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".mid"))
                    .filter(file -> !file.startsWith(data.resolve("cases")))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsReadIsTheSameWrittenAndReadAgain() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(800);
        for (Path file : files) {
            ReadScore read = MidiFile.read(file);
            Score again = MidiFile.parse(file, MidiFile.toBytes(read.score())).score();
            assertThat(again).as(file.toString()).isEqualTo(read.score());
            assertThat(read.score().notes()).as(file.toString()).isPositive();
        }
    }

    @Test
    void wrongLengthsOfTracksChangeNothing() throws IOException {
        int kind = 0;
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            Score score = MidiFile.parse(file, bytes).score();
            ByteBuffer chunks = ByteBuffer.wrap(bytes);
            for (int at = 14; at < bytes.length; ) {
                int length = chunks.getInt(at + 4);
                int wrong =
                        switch (kind++ % 7) {
                            case 0 -> 0;
                            case 1 -> length / 2;
                            case 2 -> length - 1;
                            case 3 -> length + 1;
                            case 4 -> 2 * length;
                            case 5 -> Integer.MAX_VALUE;
                            default -> -1; // as unsigned, over 4 GB
                        };
                chunks.putInt(at + 4, wrong);
                at += 8 + length;
            }
            assertThat(MidiFile.parse(file, bytes).score()).as(file.toString()).isEqualTo(score);
        }
    }
}
