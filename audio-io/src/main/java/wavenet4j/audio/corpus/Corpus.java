package wavenet4j.audio.corpus;

import wavenet4j.audio.Clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The recordings of a folder, and the files that were left out.
///
/// @param <T> what is stored of each recording: the [Clip], or something smaller computed from it
/// @param sampleRate of all kept recordings, in Hz; 0 if no rate was given and nothing could be
///   read
/// @param kept the recordings that are used, sorted by path, in the same order on every system
/// @param leftOut the audio files that are not used, in the same order
/// @param ignored the number of other files for each extension
public record Corpus<T>(
        int sampleRate,
        List<Kept<T>> kept,
        List<LeftOut> leftOut,
        SortedMap<String, Integer> ignored) {

    /// A recording that is used.
    ///
    /// @param file path relative to the folder
    /// @param audio the stored value
    /// @param recordedRate sample rate of the file, in Hz
    /// @param channels number of channels of the file
    /// @param seconds duration after trimming
    /// @param notes trimming and damage, one sentence each
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

        /// The same recording with another stored value.
        public <U> Kept<U> map(Function<? super T, U> value) {
            return new Kept<>(file, value.apply(audio), recordedRate, channels, seconds, notes);
        }
    }

    /// A recording that is not used.
    ///
    /// @param file path relative to the folder
    /// @param reason why it is not used
    /// @param seconds duration, 0 if it could not be read
    public record LeftOut(Path file, String reason, double seconds) {
        /// The file, the reason and the duration.
        public String line() {
            return file + ": " + reason + (seconds > 0 ? " (" + length(seconds) + ")" : "");
        }
    }

    /// How to read a corpus.
    ///
    /// @param sampleRate the rate to resample to, in Hz; if absent, one of the files' own
    /// @param rateRule which of them
    /// @param silence how to trim silence, if at all
    /// @param normalize whether to scale each recording to a peak of 1
    public record Options(
            OptionalInt sampleRate,
            RateRule rateRule,
            Optional<SilenceTrimming> silence,
            boolean normalize) {

        /// The sample rate of most of the sound, no trimming, no normalization.
        public static Options asRecorded() {
            return new Options(OptionalInt.empty(), RateRule.SOUND, Optional.empty(), false);
        }

        /// These options with a sample rate in Hz.
        public Options at(int rate) {
            return new Options(OptionalInt.of(rate), rateRule, silence, normalize);
        }

        /// These options with another choice of the sample rate.
        public Options by(RateRule rule) {
            return new Options(sampleRate, rule, silence, normalize);
        }

        /// These options with silence trimming.
        public Options trimming(SilenceTrimming trimmed) {
            return new Options(sampleRate, rateRule, Optional.of(trimmed), normalize);
        }

        /// These options with each recording scaled to a peak of 1.
        public Options normalizing() {
            return new Options(sampleRate, rateRule, silence, true);
        }
    }

    public Corpus {
        kept = List.copyOf(kept);
        leftOut = List.copyOf(leftOut);
    }

    /// Reads all recordings of a folder into memory, four bytes a sample.
    ///
    /// @throws IOException when the folder cannot be listed
    public static Corpus<Clip> scan(Path folder, Options options) throws IOException {
        return scan(folder, options, Function.identity());
    }

    /// Reads all recordings of a folder, one at a time, and stores the value of `keep` for each.
    ///
    /// @param folder a folder, searched recursively; or a single recording
    /// @param keep maps the preprocessed clip to the stored value
    /// @throws IOException when the folder cannot be listed
    public static <T> Corpus<T> scan(Path folder, Options options, Function<Clip, T> keep)
            throws IOException {
        return scan(folder, options, CorpusStore.inMemory(keep), ScanProgress.NONE);
    }

    /// Reads the recordings of a folder that a store does not have, one at a time.
    ///
    /// @param folder a folder, searched recursively; or a single recording
    /// @throws IOException when the folder cannot be listed, or the store fails
    public static <T> Corpus<T> scan(
            Path folder, Options options, CorpusStore<T> store, ScanProgress progress)
            throws IOException {
        return new CorpusScan<>(new Listing(folder), options, store, progress).run();
    }

    /// The same corpus with another stored value for each recording.
    public <U> Corpus<U> map(Function<? super T, U> value) {
        List<Kept<U>> mapped = new ArrayList<>();
        for (Kept<T> file : kept) mapped.add(file.map(value));
        return new Corpus<>(sampleRate, mapped, leftOut, ignored);
    }

    /// The total duration of the kept recordings.
    public double seconds() {
        return kept.stream().mapToDouble(Kept::seconds).sum();
    }

    /// A report of several lines: totals, then notes and reasons by file.
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
            for (LeftOut file : leftOut) lines.add("  " + file.line());
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
        return rate < sampleRate
                ? line + ", with nothing above " + rate / 2 + " Hz"
                : line + ", without what lies above " + sampleRate / 2 + " Hz";
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
