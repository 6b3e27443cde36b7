package wavenet4j.train.evaluation;

import org.jspecify.annotations.Nullable;

import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.analysis.MelFrames;
import wavenet4j.audio.analysis.RecordingCheck;
import wavenet4j.audio.analysis.SignalCheck;
import wavenet4j.audio.analysis.SoundMeasures;
import wavenet4j.audio.analysis.SoundStatistics;
import wavenet4j.audio.analysis.SplitHalfBaseline;
import wavenet4j.distribution.Quantizer;
import wavenet4j.distribution.Sampling;
import wavenet4j.train.data.EncodedRecording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Generates takes and compares their sound with that of recordings, at one temperature or several.
///
/// @param takes how many at each temperature, at least 2
/// @param samples in a take
/// @param temperatures to compare
/// @param seed of the first take at each temperature, from which the others count up
public record TakeComparison(int takes, int samples, List<Float> temperatures, long seed) {
    /// The fewest windows of the recordings that have a range.
    public static final int LEAST_WINDOWS = 4;

    private static final int NOISE_SECONDS = 60;
    private static final int CHUNKS_PER_SECOND = 10;

    /// The takes of all temperatures, one temperature after the other, with the same seeds and
    /// labels at each. The labels are those of recordings drawn by chance, so that they are as
    /// frequent as in the recordings.
    public List<Take> plan(List<EncodedRecording> recordings) {
        var shuffled = new ArrayList<Set<String>>();
        for (EncodedRecording recording : recordings) shuffled.add(recording.labels());
        Collections.shuffle(shuffled, new Random(seed));
        var plan = new ArrayList<Take>();
        for (float temperature : temperatures) {
            for (int n = 0; n < takes; n++) {
                Set<String> labels = shuffled.get(n % shuffled.size());
                plan.add(new Take(seed + n, new Sampling(temperature, 0, 1), labels));
            }
        }
        return plan;
    }

    /// Generates the planned takes.
    ///
    /// @param streams as many as there are takes
    /// @param progress is given the number of samples done of each take, now and then
    /// @param stopped whether to end early, which leaves silence at the ends
    public List<Clip> generate(
            Streams streams, List<Take> plan, LongConsumer progress, BooleanSupplier stopped) {
        streams.begin(plan);
        int rate = streams.model().spec().sampleRate();
        Quantizer quantizer = streams.model().spec().quantizer();
        var levels = new int[plan.size()][Math.max(1, rate / CHUNKS_PER_SECOND)];
        var generated = new float[plan.size()][samples];
        int done = 0;
        while (done < samples && !stopped.getAsBoolean()) {
            int count = Math.min(levels[0].length, samples - done);
            streams.generate(levels, 0, count);
            for (int n = 0; n < generated.length; n++) {
                for (int i = 0; i < count; i++) {
                    generated[n][done + i] = quantizer.decode(levels[n][i]);
                }
            }
            progress.accept(done += count);
        }
        var clips = new ArrayList<Clip>();
        for (float[] take : generated) clips.add(new Clip(take, rate));
        return clips;
    }

    /// Compares the generated takes with recordings.
    ///
    /// @param plan what the clips were generated from
    /// @param reference the recordings, with [#LEAST_WINDOWS] windows or more
    /// @param progress is given the number of windows and passages done, now and then
    /// @param stopped whether to end early
    /// @return null when it was stopped
    public @Nullable SoundComparison compare(
            List<Take> plan,
            List<Clip> clips,
            ReferenceClips reference,
            LongConsumer progress,
            BooleanSupplier stopped) {
        if (reference.windows().size() < LEAST_WINDOWS) {
            throw new IllegalArgumentException(
                    "there are %d windows of the recordings; a range needs %d"
                            .formatted(reference.windows().size(), LEAST_WINDOWS));
        }
        var statistics = new ArrayList<SoundStatistics>();
        for (Clip window : reference.windows()) {
            if (stopped.getAsBoolean()) return null;
            statistics.add(SoundStatistics.of(window));
            progress.accept(statistics.size());
        }
        var frames = new ArrayList<MelFrames>();
        for (Clip passage : reference.passages()) {
            if (stopped.getAsBoolean()) return null;
            frames.add(MelFrames.of(passage));
            progress.accept(statistics.size() + frames.size());
        }
        SoundMeasures usual = measure(reference);
        int most = takes * MelFrames.of(clips.getFirst()).count();
        var halves = new SplitHalfBaseline(frames, most, seed);
        var groups = new ArrayList<SoundComparison.Group>();
        for (int first = 0; first < plan.size(); first += takes) {
            List<Clip> sounds = clips.subList(first, first + takes);
            MelFrames sound = MelFrames.concat(sounds.stream().map(MelFrames::of).toList());
            groups.add(
                    new SoundComparison.Group(
                            plan.subList(first, first + takes),
                            sounds.stream().map(SoundStatistics::of).toList(),
                            sounds.stream()
                                    .map(take -> SignalCheck.measure(take.samples()).faults(usual))
                                    .toList(),
                            halves.distance(sound)));
        }
        return new SoundComparison(
                usual,
                statistics,
                groups,
                halves.baseline(),
                halves.distance(MelFrames.of(noise(statistics, reference.windows()))));
    }

    private static SoundMeasures measure(ReferenceClips reference) {
        var check = new RecordingCheck();
        for (Clip window : reference.windows()) check.add(window.samples());
        return check.measures();
    }

    /// White noise as loud as the recordings.
    private static Clip noise(List<SoundStatistics> statistics, List<Clip> windows) {
        double power = 0;
        for (SoundStatistics window : statistics) {
            power += Math.pow(10, window.levelDb() / 10) / windows.size();
        }
        int rate = windows.getFirst().sampleRate();
        var random = new Random(0);
        var noise = new float[NOISE_SECONDS * rate];
        for (int t = 0; t < noise.length; t++) {
            noise[t] = (float) Math.clamp(Math.sqrt(power) * random.nextGaussian(), -1, 1);
        }
        return new Clip(noise, rate);
    }
}
