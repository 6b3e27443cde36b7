package wavenet4j.cli.sample;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import wavenet4j.Model;
import wavenet4j.audio.AudioException;
import wavenet4j.audio.Clip;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.cli.console.Console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The recording that a take continues.
final class PrimeOptions {
    private static final double DEFAULT_SECONDS = 2;
    private static final double SILENT_DB = -60;

    @Option(
            names = "--prime",
            paramLabel = "FILE",
            description =
                    "Goes on where this recording ends. It is mixed to mono and brought to the"
                            + " model's rate. Only its last receptive field matters to what"
                            + " follows.")
    private @Nullable Path file;

    @Option(
            names = "--prime-until",
            paramLabel = "S",
            description =
                    "Goes on from this second of the recording instead of its end, which is often"
                            + " silent.")
    private @Nullable Double until;

    @Option(
            names = "--prime-seconds",
            paramLabel = "S",
            description =
                    "How much of it before that point is fed to the model (default: 2, or the"
                            + " receptive field if that is longer).")
    private @Nullable Double seconds;

    @Option(
            names = "--keep-prime",
            description =
                    "Puts what was fed before the new audio in the file, to hear the passage from"
                            + " one to the other; without it the file has new audio only.")
    private boolean keep;

    @Option(
            names = "--from-silence",
            description =
                    "Begins after silence. Otherwise a take without a prime begins after one of the"
                            + " excerpts of its recordings that the model may hold, which the seed"
                            + " draws.")
    private boolean fromSilence;

    /// Whether the take begins after one of the model's excerpts, where it has some.
    boolean usesExcerpt() {
        return file == null && !fromSilence;
    }

    boolean fromSilence() {
        return fromSilence;
    }

    /// The file, where there is one.
    @Nullable Path file() {
        return file;
    }

    /// Whether the written take begins with the prime.
    boolean keep() {
        return keep;
    }

    /// These options as words of a command line.
    List<String> words() {
        var words = new ArrayList<String>();
        if (file != null) words.addAll(List.of("--prime", file.toString()));
        if (until != null) words.addAll(List.of("--prime-until", until.toString()));
        if (seconds != null) words.addAll(List.of("--prime-seconds", seconds.toString()));
        if (keep) words.add("--keep-prime");
        if (fromSilence) words.add("--from-silence");
        return words;
    }

    /// The levels to feed; none without a prime.
    ///
    /// @throws AudioException when the recording cannot be read
    /// @throws IllegalArgumentException when the options do not fit it
    int[] levels(Model model, Console console) throws AudioException {
        if (file == null) {
            if (until != null || seconds != null || keep) {
                throw new IllegalArgumentException(
                        "--prime-until, --prime-seconds and --keep-prime say how to use a --prime"
                                + " FILE, and there is none");
            }
            return new int[0];
        }
        int rate = model.spec().sampleRate();
        Clip clip = AudioReader.read(file, rate);
        if (clip.samples().length == 0) {
            throw new IllegalArgumentException(
                    "%s has no samples to go on from; name another recording by --prime"
                            .formatted(file));
        }
        if (model.info().preprocessing().normalize()) clip = clip.normalized();
        int end = end(clip);
        int start = Math.max(0, end - length(model));
        Clip fed = clip.slice(start, end);
        console.log(
                "prime",
                "%s from %.2f s to %.2f s of %.2f s%s"
                        .formatted(
                                file,
                                start / (double) rate,
                                end / (double) rate,
                                clip.seconds(),
                                keep ? ", kept in the take" : ""));
        warnOfSilence(fed, model, console);
        return model.spec().quantizer().encode(fed.samples());
    }

    private int end(Clip clip) {
        if (until == null) return clip.samples().length;
        if (!(until > 0 && until <= clip.seconds())) {
            throw new IllegalArgumentException(
                    "--prime-until is %s s; it must be above 0 and within the %.2f s of %s"
                            .formatted(until, clip.seconds(), file));
        }
        return (int) Math.round(until * clip.sampleRate());
    }

    private int length(Model model) {
        int rate = model.spec().sampleRate();
        if (seconds == null) {
            return Math.max((int) (DEFAULT_SECONDS * rate), model.spec().receptiveField());
        }
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException(
                    "--prime-seconds is %s; it must be above 0 and at most 3600"
                            .formatted(seconds));
        }
        return (int) Math.max(1, Math.round(seconds * rate));
    }

    /// A network that is primed with silence tends to continue it.
    private static void warnOfSilence(Clip fed, Model model, Console console) {
        int context = Math.min(fed.samples().length, model.spec().receptiveField());
        Clip end = fed.slice(fed.samples().length - context, fed.samples().length);
        if (end.peak() < Math.pow(10, SILENT_DB / 20)) {
            console.log(
                    "note",
                    "the prime ends in %.2f s of silence, which the model will go on from; --prime-until names an earlier point"
                            .formatted(end.seconds()));
        }
    }
}
