package wavenet4j.notes.musicxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.notes.Note;
import wavenet4j.notes.Score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;

/// Lead sheets of others, from a folder `shared/data` beside the repository.
final class LeadSheetsTest {
    private static final Pattern JUMP =
            Pattern.compile(
                    "<repeat |<segno|<coda|dacapo=|dalsegno=|>D\\.? ?[CS]\\b|>Da Capo|>Dal Segno");

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> isTheSameAfterWritingAndReading() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest("" + file.getFileName(), () -> check(file)));
    }

    private void check(Path file) throws IOException {
        Score score = MusicXmlFile.read(file).score();
        for (String name : List.of("copy.mxl", "copy.musicxml")) {
            Path copy = folder.resolve(name);
            assertThat(MusicXmlFile.write(score, copy)).isEmpty();
            assertThat(MusicXmlFile.read(copy).score()).isEqualTo(score);
        }
    }

    /// The melody in MIDI was made by another program, which does not play repeats out, and sounds
    /// neither grace notes nor ties.
    @TestFactory
    Stream<DynamicTest> hasTheMelodyOfItsMidiFile() throws IOException {
        return files().stream()
                .filter(file -> !hasRepeats(file))
                .map(file -> DynamicTest.dynamicTest("" + file.getFileName(), () -> compare(file)));
    }

    private static void compare(Path file) throws Exception {
        List<String> read =
                MusicXmlFile.read(file).score().parts().getFirst().notes().stream()
                        .filter(note -> !note.isGrace())
                        .map(LeadSheetsTest::text)
                        .toList();
        String name = ("" + file.getFileName()).replace(".mxl", ".mid");
        Path midi = file.resolveSibling("../midi/" + name).normalize();
        assertThat(read).isEqualTo(melody(midi));
    }

    private static String text(Note note) {
        return "%.2f %d".formatted(note.onset().toDouble(), note.key());
    }

    private static boolean hasRepeats(Path file) {
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                if (JUMP.matcher(text).find()) return true;
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> melody(Path file) throws IOException, InvalidMidiDataException {
        Sequence sequence = MidiSystem.getSequence(file.toFile());
        var notes = new ArrayList<String>();
        for (int i = 0; i < sequence.getTracks()[1].size(); i++) {
            MidiEvent event = sequence.getTracks()[1].get(i);
            if (event.getMessage() instanceof ShortMessage message
                    && message.getCommand() == ShortMessage.NOTE_ON
                    && message.getData2() > 0) {
                double onset = (double) event.getTick() / sequence.getResolution();
                notes.add("%.2f %d".formatted(onset, message.getData1()));
            }
        }
        return notes;
    }

    private static List<Path> files() throws IOException {
        Path sheets = sheets();
        assumeThat(sheets).as("the lead sheets in shared/data").isNotNull();
        if (sheets == null) return List.of();
        try (Stream<Path> files = Files.list(sheets)) {
            return files.filter(file -> ("" + file).endsWith(".mxl")).sorted().toList();
        }
    }

    private static @Nullable Path sheets() {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            Path sheets = folder.resolve("shared/data/leadsheets-pd/mxl");
            if (Files.isDirectory(sheets)) return sheets;
        }
        return null;
    }
}
