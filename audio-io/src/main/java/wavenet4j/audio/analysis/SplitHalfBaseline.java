package wavenet4j.audio.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;

/// The split-half baseline of a distance: real recordings are split into two halves at random,
/// eight times. The distance between the halves is about the smallest that generated audio can
/// reach.
///
/// A recording is never divided between the halves (unless it is the only one), and all compared
/// sets have equally many frames, since the distance grows as frames become fewer.
public final class SplitHalfBaseline {
    private static final int SPLITS = 8;

    /// @param frames number of frames each distribution was fitted to
    private record Split(Gaussian one, Gaussian other, int frames) {}

    private final List<Split> splits = new ArrayList<>();

    /// Splits recordings; a single one is cut in the middle.
    ///
    /// @param recordings the frames of each recording
    /// @param most the number of frames of the audio that will be compared
    /// @param seed of the random splits
    /// @throws IllegalArgumentException when there are too few frames
    public SplitHalfBaseline(List<MelFrames> recordings, int most, long seed) {
        var random = new Random(seed);
        boolean single = recordings.size() == 1;
        var shuffled = new ArrayList<>(single ? recordings.getFirst().halves() : recordings);
        for (int split = 0; split < SPLITS; split++) {
            Collections.shuffle(shuffled, random);
            splits.add(split(shuffled, most));
        }
    }

    private static Split split(List<MelFrames> recordings, int most) {
        var one = new ArrayList<MelFrames>();
        var other = new ArrayList<MelFrames>();
        long ahead = 0; // frames of one half minus those of the other
        for (MelFrames recording : recordings) {
            boolean toOne = ahead <= 0;
            (toOne ? one : other).add(recording);
            ahead += toOne ? recording.count() : -recording.count();
        }
        MelFrames first = MelFrames.concat(one);
        MelFrames second = MelFrames.concat(other);
        int frames = Math.min(most, Math.min(first.count(), second.count()));
        return new Split(first.gaussian(frames), second.gaussian(frames), frames);
    }

    /// The distance between the two halves: its range over the splits, in dB.
    public PercentileRange baseline() {
        return PercentileRange.full(
                splits.stream()
                        .mapToDouble(split -> MelFrames.distance(split.one, split.other))
                        .toArray());
    }

    /// The distance of other frames from each half: its range over the splits, in dB.
    public PercentileRange distance(MelFrames sound) {
        return PercentileRange.full(
                splits.stream().flatMapToDouble(split -> distances(split, sound)).toArray());
    }

    private static DoubleStream distances(Split split, MelFrames sound) {
        Gaussian fitted = sound.gaussian(split.frames);
        return DoubleStream.of(
                MelFrames.distance(fitted, split.one), MelFrames.distance(fitted, split.other));
    }
}
