package wavenet4j.train.loop;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.analysis.SoundStatistics;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.evaluation.ReferenceClips;
import wavenet4j.train.evaluation.SoundComparison;
import wavenet4j.train.evaluation.TakeComparison;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/// Finds the temperature at which the takes of a trained network come nearest to its recordings:
/// one that has learned little falls silent at 1, and one that has learned much hisses above it.
final class TemperatureChoice {
    private static final List<Float> TEMPERATURES = List.of(0.9f, 0.95f, 1f, 1.05f, 1.1f);
    private static final int TAKES = 5; // at each
    private static final double[] SECONDS = {4, 2, 1}; // of a take: the first with enough passages
    private static final double MOST_SECONDS = 120; // of generating
    private static final int MOST_RECORDED_SECONDS = 120; // to compare with

    private static final float AS_LEARNED = 1;
    private static final double FAR_NEARER = 0.8; // of the distance
    private static final double OTHER_LEVEL_DB = 8; // louder takes of a higher temperature hiss

    private final int threads;
    private final double mostSeconds;

    /// @param threads that generation may use
    TemperatureChoice(int threads) {
        this(threads, MOST_SECONDS);
    }

    TemperatureChoice(int threads, double mostSeconds) {
        this.threads = threads;
        this.mostSeconds = mostSeconds;
    }

    /// Generates takes at each and compares them.
    ///
    /// @param stop whether to give up
    /// @return empty where the recordings are too short to tell, or generating takes too long
    OptionalDouble choose(Model model, List<EncodedRecording> recordings, BooleanSupplier stop) {
        ModelSpec spec = model.spec();
        List<EncodedRecording> excerpts = excerpts(recordings, spec);
        for (double seconds : SECONDS) {
            var comparison = new TakeComparison(TAKES, samples(seconds, spec), TEMPERATURES, 1);
            var reference = ReferenceClips.of(excerpts, comparison.samples(), spec);
            if (reference.windows().size() < TakeComparison.LEAST_WINDOWS) continue;
            SoundComparison result = compare(model, comparison, excerpts, reference, stop);
            return result == null ? OptionalDouble.empty() : OptionalDouble.of(best(result));
        }
        return OptionalDouble.empty();
    }

    private static int samples(double seconds, ModelSpec spec) {
        return (int) Math.round(seconds * spec.sampleRate());
    }

    /// Of the temperatures with the fewest takes that are faulty or of another level the nearest
    /// one, but 1, as was learned, unless another is nearer by far: a few takes differ by chance.
    static float best(SoundComparison result) {
        double level = level(result.reference());
        long fewest =
                result.groups().stream().mapToLong(group -> odd(group, level)).min().orElse(0);
        float best = AS_LEARNED;
        double least = Double.POSITIVE_INFINITY;
        for (SoundComparison.Group group : result.groups()) {
            if (odd(group, level) > fewest) continue;
            double distance = group.distance().median();
            if (group.temperature() == AS_LEARNED) distance *= FAR_NEARER;
            if (distance >= least) continue;
            least = distance;
            best = group.temperature();
        }
        return best;
    }

    private static long odd(SoundComparison.Group group, double level) {
        long odd = 0;
        for (int n = 0; n < group.takes().size(); n++) {
            double difference = Math.abs(group.statistics().get(n).levelDb() - level);
            if (!group.faults().get(n).isEmpty() || difference > OTHER_LEVEL_DB) odd++;
        }
        return odd;
    }

    /// The level of the mean power, in dB.
    private static double level(List<SoundStatistics> sounds) {
        double power = 0;
        for (SoundStatistics sound : sounds) power += Math.pow(10, sound.levelDb() / 10);
        return 10 * Math.log10(power / sounds.size());
    }

    private @Nullable SoundComparison compare(
            Model model,
            TakeComparison comparison,
            List<EncodedRecording> excerpts,
            ReferenceClips reference,
            BooleanSupplier stop) {
        long start = System.nanoTime();
        BooleanSupplier giveUp =
                () -> stop.getAsBoolean() || (System.nanoTime() - start) * 1e-9 > mostSeconds;
        List<Take> plan = comparison.plan(excerpts);
        List<Clip> takes;
        try (Streams streams =
                Previews.backend(model.spec())
                        .openStreams(model, model.precision(), threads, plan.size())) {
            takes = comparison.generate(streams, plan, _ -> {}, giveUp);
        }
        if (giveUp.getAsBoolean()) return null;
        return comparison.compare(plan, takes, reference, _ -> {}, stop);
    }

    /// Passages spread over the recordings.
    private static List<EncodedRecording> excerpts(
            List<EncodedRecording> recordings, ModelSpec spec) {
        int most = MOST_RECORDED_SECONDS * spec.sampleRate();
        int stride = Math.max(1, recordings.size() / MOST_RECORDED_SECONDS);
        int each = most / Math.ceilDiv(recordings.size(), stride);
        var excerpts = new ArrayList<EncodedRecording>();
        for (int n = 0; n < recordings.size(); n += stride) {
            EncodedRecording all = recordings.get(n);
            int from = Math.min(spec.receptiveField(), all.levels().length() - 1);
            int length = Math.min(each, all.levels().length() - from);
            from += (all.levels().length() - from - length) / 2;
            excerpts.add(
                    new EncodedRecording(
                            all.file(), all.levels().slice(from, from + length), all.labels()));
        }
        return excerpts;
    }
}
