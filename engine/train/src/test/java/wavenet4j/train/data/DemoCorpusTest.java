package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.audio.corpus.Corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class DemoCorpusTest {
    @TempDir Path folder;

    @Test
    void tunesArePlayedTheSameEachTime() throws IOException {
        Path first = DemoCorpus.render(folder.resolve("first"));
        Path second = DemoCorpus.render(folder.resolve("second"));
        var corpus = Corpus.scan(first, Corpus.Options.asRecorded());
        assertThat(corpus.leftOut()).isEmpty();
        assertThat(corpus.ignored()).isEmpty();
        assertThat(corpus.kept()).hasSize(12);
        assertThat(corpus.sampleRate()).isEqualTo(16_000);
        assertThat(corpus.seconds()).isBetween(120.0, 600.0);
        for (var kept : corpus.kept()) {
            assertThat(kept.audio().peak()).isBetween(0.05f, 1f);
            assertThat(Files.readAllBytes(first.resolve(kept.file())))
                    .isEqualTo(Files.readAllBytes(second.resolve(kept.file())));
        }
        assertThat(corpus.kept().get(0).audio().samples())
                .isNotEqualTo(corpus.kept().get(1).audio().samples());
    }

    @Test
    void whatIsThereIsKept() throws IOException {
        DemoCorpus.render(folder);
        Path tune = folder.resolve("tune-03.wav");
        byte[] before = Files.readAllBytes(tune);
        Files.delete(folder.resolve("tune-04.wav"));
        var time = Files.getLastModifiedTime(tune);
        DemoCorpus.render(folder);
        assertThat(Files.getLastModifiedTime(tune)).isEqualTo(time);
        assertThat(Files.readAllBytes(tune)).isEqualTo(before);
        assertThat(folder.resolve("tune-04.wav")).isNotEmptyFile();
    }
}
