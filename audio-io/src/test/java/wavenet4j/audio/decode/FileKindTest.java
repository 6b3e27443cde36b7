package wavenet4j.audio.decode;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.audio.AudioException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;

/// Files that are no audio, or none that can be read: each is named, and what to do.
class FileKindTest {
    @TempDir Path folder;

    private static void assertProblem(Path file, String problem) {
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> AudioReader.read(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(problem)
                .withMessageNotContaining("\n");
        assertThatExceptionOfType(AudioException.class)
                .isThrownBy(() -> AudioReader.header(file))
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    '<!DOCTYPE html><html>404</html>'               | is a web page
                    '  <HTML><head>'                                | is a web page
                    '<?xml version="1.0"?><!DOCTYPE html PUBLIC>'   | is a web page
                    '<!-- saved --><html lang=de>'                  | is a web page
                    'version https://git-lfs.github.com/spec/v1'    | is a Git LFS pointer
                    'A text, with a few words.'                     | is text
                    'MThd'                                          | is MIDI
                    'RIFF1234RMID'                                  | is MIDI
                    'RIFF1234AVI LIST'                              | is AVI video
                    'RIFF1234NOPE'                                  | not a WAVE file
                    'FORM1234ILBM'                                  | not AIFF
                    'wvpk'                                          | is WavPack
                    'NIST_1A'                                       | is NIST SPHERE
                    '%PDF-1.4'                                      | is a PDF
                    """)
    void namesWhatBeginsWithText(String text, String problem) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertProblem(Files.write(folder.resolve("x.wav"), bytes), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    3026b2758e66cf11a6d900aa0062ce6c | is Windows Media
                    504b030414000000                 | is a ZIP archive; unpack it
                    1f8b0800                         | is a gzip archive
                    1a45dfa3                         | is Matroska
                    efbbbf3c68746d6c3e               | is a web page
                    00000000000000000000             | begins with zeros only
                    0102030405060708                 | is not audio that can be read
                    """)
    void namesWhatBeginsWithBytes(String hex, String problem) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertProblem(Files.write(folder.resolve("x.wav"), bytes), problem);
    }

    /// Layer 3 of MPEG 1 at 44100 Hz whose frames tell no bit rate, of 600 bytes or one more.
    @Test
    void namesMp3OfAFreeBitRate() throws IOException {
        byte[] mp3 = new byte[2000];
        Arrays.fill(mp3, (byte) 0x55);
        int[] starts = {0, 600, 1201};
        for (int n = 0; n < starts.length; n++) {
            mp3[starts[n]] = (byte) 0xff;
            mp3[starts[n] + 1] = (byte) 0xfb;
            mp3[starts[n] + 2] = (byte) (n == 1 ? 0x02 : 0x00);
            mp3[starts[n] + 3] = (byte) 0xc0;
        }
        assertProblem(Files.write(folder.resolve("free.mp3"), mp3), "is MP3 of a free bit rate");
        mp3[1201] = 0;
        assertProblem(
                Files.write(folder.resolve("chance.mp3"), mp3), "is not audio that can be read");
    }

    @Test
    void namesWhatIsNoFile() throws IOException {
        assertProblem(folder.resolve("none.wav"), "there is no such file");
        assertProblem(Files.createDirectory(folder.resolve("folder.wav")), "is a folder");
        assertProblem(Files.write(folder.resolve("empty.wav"), new byte[0]), "is empty");
        Path link = folder.resolve("link.wav");
        Files.createSymbolicLink(link, Path.of("gone.wav"));
        assertProblem(link, "is a link to gone.wav, which is not there");
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device));
        assertProblem(device, "is a pipe or a device");
    }

    @Test
    void saysThatAFileMayNotBeRead() throws IOException {
        Path file = Files.write(folder.resolve("secret.wav"), new byte[100]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file), "this user may read every file");
        assertProblem(file, "may not be read");
    }

    @Test
    void bytesBeforeTheSignatureCount() throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertProblem(Files.write(folder.resolve("x.flac"), tar), "is a tar archive");
    }
}
