package wavenet4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.distribution.Sampling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

class PreviewFilesTest {
    @TempDir Path folder;

    @Test
    void soundAndPictureTellWhatMadeThem() throws IOException {
        Path run = folder.resolve("mine");
        var files = new PreviewFiles(run);
        var clip = new Clip(new float[12000], 8000);
        clip.samples()[5] = .5f;
        var take = new Take(7, new Sampling(.9f, 0, 1), Set.of("mood=b", "key=a"));
        Path wav = run.resolve(files.writeTake(500, .9, take, clip));
        String told =
                "preview of mine, averaged weights of step 500: --seed 7 --temperature 0.9"
                        + " --seconds 1.50 --label key=a --label mood=b";
        assertThat(text(wav)).contains("ISFT", "WaveNet4J", told);
        assertThat(text(PreviewFiles.pictureOf(wav))).contains("iTXtDescription", told);
        assertThat(AudioReader.read(wav).samples()).isEqualTo(clip.samples());
        files.writeReal(clip, "song.wav");
        assertThat(text(run.resolve(PreviewFiles.REAL))).contains("held out: song.wav");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
