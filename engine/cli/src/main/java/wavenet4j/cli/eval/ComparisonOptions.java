package wavenet4j.cli.eval;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.audio.analysis.FrameFeatures;
import wavenet4j.distribution.Sampling;
import wavenet4j.train.evaluation.TakeComparison;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which takes to compare with recordings, and where the result is written.
final class ComparisonOptions {
    private static final int TAKES_MOST = 1_000;
    private static final double SECONDS_LEAST = 0.5;
    private static final int SECONDS_MOST = 600;

    @Option(
            names = "--takes",
            required = true,
            paramLabel = "N",
            description =
                    "Makes N takes at each temperature and compares their sound with that of the"
                            + " recordings. With labels, each take has those of a recording drawn"
                            + " by chance.")
    private int takes;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description =
                    "Length of a take, and of the passages of the recordings that it is held"
                            + " against (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            split = ",",
            description =
                    "How samples are drawn, as wavenet-sample does; several, with commas between"
                            + " them, are compared one after the other (default: the model's own,"
                            + " else 1).")
    private List<Float> temperatures = new ArrayList<>();

    @Option(
            names = "--keep-temperature",
            description =
                    "Writes the temperature whose takes are nearest to the recordings into the"
                            + " model's file, for wavenet-sample to take where it is told none,"
                            + " and how the recordings sound, which it holds takes against.")
    private boolean keepsTemperature;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Of the first take, from which the others count up (default:"
                            + " ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description =
                    "Keeps the takes in this folder, which is made where it is missing: each as"
                            + " WAV, with its spectrogram as PNG.")
    private @Nullable Path out;

    /// Checks everything that can be checked before any work is done.
    ///
    /// @throws IllegalArgumentException when a value makes no sense
    void check(ModelSpec spec) {
        if (takes < 2 || takes > TAKES_MOST) {
            throw new IllegalArgumentException(
                    "--takes is %,d; it must be between 2, which have a range, and %,d"
                            .formatted(takes, TAKES_MOST));
        }
        double least = least(spec);
        if (!(seconds >= least && seconds <= SECONDS_MOST)) {
            throw new IllegalArgumentException(
                    "--seconds is %s; it must be between %.1f and %d"
                            .formatted(seconds, least, SECONDS_MOST));
        }
        for (float temperature : temperatures) new Sampling(temperature, 0, 1);
        if (keepsTemperature && temperatures.size() < 2) {
            throw new IllegalArgumentException(
                    "--keep-temperature chooses between temperatures; name several, such as"
                            + " --temperature 0.9,1,1.1");
        }
        if ((long) takes * temperatures.size() > TAKES_MOST) {
            throw new IllegalArgumentException(
                    "--takes %,d at %d temperatures are more than %,d takes at once"
                            .formatted(takes, temperatures.size(), TAKES_MOST));
        }
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException("--out %s is a file; name a folder".formatted(out));
        }
    }

    /// The fewest seconds that have enough frames to measure.
    static double least(ModelSpec spec) {
        return Math.max(
                SECONDS_LEAST, Math.ceil(10.0 * FrameFeatures.SAMPLES / spec.sampleRate()) / 10);
    }

    double seconds() {
        return seconds;
    }

    /// The comparison that is asked for.
    TakeComparison comparison(Model model) {
        return new TakeComparison(
                takes,
                (int) Math.round(seconds * model.spec().sampleRate()),
                temperatures.isEmpty() ? List.of(model.sampling().temperature()) : temperatures,
                seed);
    }

    boolean keepsTemperature() {
        return keepsTemperature;
    }

    /// The file of a take, or null where takes are not kept.
    ///
    /// @param number from 1
    @Nullable Path file(float temperature, int number) {
        if (out == null) return null;
        int digits = Integer.toString(takes).length();
        return out.resolve(
                String.format(Locale.ROOT, "t%.2f-%0" + digits + "d.wav", temperature, number));
    }

    @Nullable Path out() {
        return out;
    }
}
