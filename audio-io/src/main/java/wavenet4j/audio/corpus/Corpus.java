package wavenet4j.audio.corpus;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.Clip;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The recordings of a folder, and an account of what was left out.
///
/// @param <T> what is kept of each recording: the [Clip], or something smaller made from it
/// @param sampleRate the rate of all that was kept, in Hz; 0 where no rate was asked for and
///   nothing could be read
/// @param kept in the order of their paths, which is the same on every system
/// @param leftOut in the same order
/// @param ignored how many files are no audio by their name, by extension
public record Corpus<T>(
        int sampleRate,
        List<Kept<T>> kept,
        List<LeftOut> leftOut,
        SortedMap<String, Integer> ignored) {

    /// A recording that is used.
    ///
    /// @param file its path below the folder
    /// @param audio what was kept of it
    /// @param recordedRate the rate it was recorded at, in Hz
    /// @param channels how many it was recorded in
    /// @param seconds its length as kept
    /// @param notes what was cut from it or is wrong with it, one sentence each
    public record Kept<T>(
            Path file,
            T audio,
            int recordedRate,
            int channels,
            double seconds,
            List<String> notes) {
        public Kept {
            notes = List.copyOf(notes);
        }
    }

    /// A recording that is not used.
    ///
    /// @param file its path below the folder
    /// @param reason why not
    /// @param seconds its length, 0 where it could not be read
    public record LeftOut(Path file, String reason, double seconds) {}

    /// How to read a corpus.
    ///
    /// @param sampleRate the rate to resample to; when absent, the one most of the files have
    /// @param silence what to trim from the ends of each recording, if anything
    /// @param normalize whether to scale each recording to a peak of 1
    public record Options(
            OptionalInt sampleRate, Optional<SilenceTrimming> silence, boolean normalize) {

        /// At the corpus's own rate, as it was recorded.
        public static Options asRecorded() {
            return new Options(OptionalInt.empty(), Optional.empty(), false);
        }

        /// The same, resampled.
        public Options at(int rate) {
            return new Options(OptionalInt.of(rate), silence, normalize);
        }

        /// The same, trimmed.
        public Options trimming(SilenceTrimming trimmed) {
            return new Options(sampleRate, Optional.of(trimmed), normalize);
        }

        /// The same, with each recording scaled to a peak of 1.
        public Options normalizing() {
            return new Options(sampleRate, silence, true);
        }
    }

    public Corpus {
        kept = List.copyOf(kept);
        leftOut = List.copyOf(leftOut);
    }

    /// Reads the whole folder into memory, four bytes a sample.
    ///
    /// @throws AudioException when the folder cannot be listed
    public static Corpus<Clip> scan(Path folder, Options options) throws AudioException {
        return scan(folder, options, Function.identity());
    }

    /// Reads the whole folder, one recording at a time, keeping of each what `keep` makes of it.
    ///
    /// @param folder the folder, read with all below it; or a single recording
    /// @throws AudioException when the folder cannot be listed
    public static <T> Corpus<T> scan(Path folder, Options options, Function<Clip, T> keep)
            throws AudioException {
        return new CorpusScan<>(folder, options, keep).run();
    }

    /// The length of all that was kept.
    public double seconds() {
        return kept.stream().mapToDouble(Kept::seconds).sum();
    }

    /// What was kept and left out, file by file where something is to be said about it, in lines.
    public String summary() {
        List<String> lines = new ArrayList<>();
        lines.add("kept " + files(kept.size()) + ", " + length(seconds()) + atRate());
        recordedRates().forEach((rate, files) -> lines.add(resampled(rate, files)));
        long mixed = kept.stream().filter(file -> file.channels() > 1).count();
        if (mixed > 0) lines.add("  mixed " + files(mixed) + " of several channels to mono");
        for (Kept<T> file : kept) {
            for (String note : file.notes()) lines.add("  " + file.file() + ": " + note);
        }
        if (!leftOut.isEmpty()) {
            double seconds = leftOut.stream().mapToDouble(LeftOut::seconds).sum();
            lines.add("left out " + files(leftOut.size()) + ", " + length(seconds));
            for (LeftOut file : leftOut) {
                String its = file.seconds() > 0 ? " (" + length(file.seconds()) + ")" : "";
                lines.add("  " + file.file() + ": " + file.reason() + its);
            }
        }
        if (!ignored.isEmpty()) {
            List<String> kinds = new ArrayList<>();
            ignored.forEach((extension, files) -> kinds.add(files + " " + extension));
            lines.add("ignored as no audio: " + String.join(", ", kinds));
        }
        return String.join("\n", lines);
    }

    private String atRate() {
        return kept.isEmpty() ? "" : " at " + sampleRate + " Hz";
    }

    /// How many of the kept files were recorded at each rate other than the corpus's.
    private SortedMap<Integer, Integer> recordedRates() {
        SortedMap<Integer, Integer> rates = new TreeMap<>();
        for (Kept<T> file : kept) rates.merge(file.recordedRate(), 1, Integer::sum);
        rates.remove(sampleRate);
        return rates;
    }

    private String resampled(int rate, int files) {
        String line = "  resampled " + files(files) + " from " + rate + " Hz";
        return rate < sampleRate ? line + ", with nothing above " + rate / 2 + " Hz" : line;
    }

    private static String files(long files) {
        return files == 1 ? "1 file" : files + " files";
    }

    private static String length(double seconds) {
        if (seconds < 60) return String.format(Locale.ROOT, "%.2f s", seconds);
        if (seconds < 3600) return String.format(Locale.ROOT, "%.1f min", seconds / 60);
        return String.format(Locale.ROOT, "%.2f h", seconds / 3600);
    }
}
