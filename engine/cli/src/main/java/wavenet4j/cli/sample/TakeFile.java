package wavenet4j.cli.sample;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.Provenance;
import wavenet4j.audio.out.Speaker;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.Outputs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The output of a take: a WAV file with a picture beside it, the standard output, or none.
///
/// @param wav the file; null for the standard output and for none
/// @param isNone whether the take is only played
/// @param provenance what makes the take, which its file and picture tell
public record TakeFile(@Nullable Path wav, boolean isNone, Provenance provenance) {

    /// Parses `--out` and checks that it can be written.
    ///
    /// @param out a file name, `-` or `none`
    /// @param inputs files that must not be overwritten, by what they are
    /// @throws IllegalArgumentException when nothing can be written there
    static TakeFile parse(String out, Map<String, Path> inputs) throws IOException {
        if (out.equals("-")) return new TakeFile(null, false, Provenance.NONE);
        if (out.equals("none")) return new TakeFile(null, true, Provenance.NONE);
        Path wav = Path.of(out);
        Path folder = wav.toAbsolutePath().getParent();
        if (!out.toLowerCase(Locale.ROOT).endsWith(".wav")) {
            throw new IllegalArgumentException(
                    "--out is %s, but a take is written as WAV; name a file that ends in .wav"
                            .formatted(out));
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder %s for --out".formatted(folder));
        }
        if (Files.isDirectory(wav)) {
            throw new IllegalArgumentException(
                    "--out is the folder %s; name a file".formatted(wav));
        }
        for (var input : inputs.entrySet()) {
            for (Path written : List.of(wav, pictureOf(wav))) {
                Outputs.requireOther("--out", written, input.getKey(), input.getValue());
            }
        }
        return new TakeFile(wav, false, Provenance.NONE);
    }

    /// The outputs of several takes: `take.wav` becomes `take-1.wav`, `take-2.wav`, ...
    ///
    /// @param count of takes; the name of a single one stays as it is
    /// @throws IllegalArgumentException when nothing can be written there, or one of several only
    static List<TakeFile> parse(String out, Map<String, Path> inputs, int count)
            throws IOException {
        var file = parse(out, inputs);
        if (count == 1) return List.of(file);
        if (file.wav == null) {
            throw new IllegalArgumentException(
                    "--out %s has room for one take, and --takes is %d; name a file"
                            .formatted(out, count));
        }
        String stem = out.substring(0, out.length() - ".wav".length());
        int digits = Integer.toString(count).length();
        var files = new ArrayList<TakeFile>();
        for (int n = 1; n <= count; n++) {
            String number = String.valueOf(n);
            String zeros = "0".repeat(digits - number.length());
            files.add(parse(stem + "-" + zeros + number + ".wav", inputs));
        }
        return files;
    }

    /// This output, telling what makes the take.
    TakeFile telling(Provenance made) {
        return new TakeFile(wav, isNone, made);
    }

    /// Opens the output of the take.
    ///
    /// @throws IOException when it cannot be written, with its name
    TakeOutput open(Console console, int sampleRate, @Nullable Speaker speaker) throws IOException {
        if (wav == null) {
            var out = isNone ? OutputStream.nullOutputStream() : console.out();
            return new TakeOutput(
                    WavWriter.to(out, sampleRate, provenance), null, sampleRate, speaker);
        }
        try {
            if (isStream()) {
                console.log("note", wav + " is a pipe or a device, which is waited for");
                return new TakeOutput(
                        WavWriter.to(wav, sampleRate, provenance), null, sampleRate, speaker);
            }
            var unfinished = UnfinishedFile.beside(wav);
            try {
                var writer = WavWriter.to(unfinished.part(), sampleRate, provenance);
                return new TakeOutput(writer, unfinished, sampleRate, speaker);
            } catch (IOException e) {
                unfinished.discard();
                throw e;
            }
        } catch (IOException e) {
            throw Outputs.unwritable(wav, e);
        }
    }

    /// Whether what reads it may keep the command waiting.
    boolean isStream() {
        return wav == null ? !isNone : Files.exists(wav) && !Files.isRegularFile(wav);
    }

    /// The file of the picture beside that WAV file.
    public static Path pictureOf(Path wav) {
        String name = String.valueOf(wav.getFileName());
        return wav.resolveSibling(name.substring(0, name.length() - ".wav".length()) + ".png");
    }
}
