package wavenet4j.notes.compose.voices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.TestData;
import wavenet4j.notes.compose.Composition.Composed;
import wavenet4j.notes.compose.Constraint;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.Request;
import wavenet4j.notes.compose.voices.PlainVoices.Sung;
import wavenet4j.notes.corpus.ScoreFile;
import wavenet4j.notes.harmony.KeyFinder;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A thousand hymns composed under every constraint at once, each read back from its files.
@Tag("slow")
final class ThousandHymnsTest {
    private static final int BAR = 4 * PlainVoices.QUARTER;
    private static final int BARS = 8;

    @TempDir Path folder;

    @Test
    void noneViolatesAConstraint() throws Exception {
        List<VoicesComposer.Piece> hymns =
                TestData.scores("midi-hymns-satb-pd").entrySet().stream()
                        .map(entry ->
                                new VoicesComposer.Piece(
                                        entry.getKey(),
                                        entry.getValue(),
                                        KeyFinder.find(entry.getValue())))
                        .toList();
        var form =
                new Form(
                        Fraction.ZERO,
                        BARS,
                        new Meter(Fraction.ZERO, 4, 4),
                        new KeySignature(Fraction.ZERO, -3, false),
                        Tempo.of(Fraction.ZERO, 100));
        List<Constraint> constraints =
                List.of(
                        new Constraint.NoParallels(),
                        new Constraint.Range(41, 75),
                        new Constraint.Ends(3),
                        new Constraint.Meter(Fraction.ONE, true));
        var composed =
                (Composed)
                        new VoicesComposer(hymns, 4)
                                .compose(new Request(form, Optional.empty(), constraints, 2));
        Set<List<List<Sung>>> different = new HashSet<>();
        for (int seed = 0; seed < 1_000; seed++) {
            Score score = composed.take(seed).score();
            Path midi = folder.resolve("hymn.mid");
            Path xml = folder.resolve("hymn.musicxml");
            ScoreFile.write(score, midi);
            ScoreFile.write(score, xml);
            List<List<Sung>> voices = VoiceFiles.midi(midi);
            assertThat(voices).as("seed %d", seed).hasSize(4).allMatch(this::isInMeter);
            assertThat(VoiceFiles.musicXml(xml)).as("seed %d", seed).isEqualTo(voices);
            assertThat(PlainVoices.parallels(voices)).as("seed %d", seed).isZero();
            assertThat(PlainVoices.all(voices))
                    .as("seed %d", seed)
                    .allMatch(note -> note.key() >= 41 && note.key() <= 75);
            Sung last = voices.getLast().getLast();
            assertThat(last.key() % 12).as("seed %d", seed).isEqualTo(3);
            assertThat(last.end()).as("seed %d", seed).isEqualTo(BARS * BAR);
            different.add(voices);
        }
        assertThat(different).hasSizeGreaterThan(900);
    }

    private boolean isInMeter(List<Sung> voice) {
        return voice.stream()
                .allMatch(note ->
                        note.onset() % PlainVoices.QUARTER == 0
                                && note.end() % PlainVoices.QUARTER == 0
                                && note.onset() / BAR == (note.end() - 1) / BAR);
    }
}
