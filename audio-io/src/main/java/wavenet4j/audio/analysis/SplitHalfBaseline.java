package wavenet4j.audio.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;

/// Recordings in two halves, several times over: how far the one is from the other is as near as
/// anything new can be expected to come.
///
/// Each recording goes into one half whole, so that neither knows what the other is made of; of all
/// that is compared, equally many frames are taken, since fewer make a distance larger.
public final class SplitHalfBaseline {
    private static final int SPLITS = 8;

    /// @param frames how many of them each half is the distribution of
    private record Split(Gaussian one, Gaussian other, int frames) {}

    private final List<Split> splits = new ArrayList<>();

    /// Splits recordings. A single one is cut in the middle.
    ///
    /// @param recordings the frames of each recording
    /// @param most as many frames as of what will be compared there are
    /// @param seed of the random splits
    /// @throws IllegalArgumentException when there are too few frames to compare
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
        long ahead = 0; // frames that the one half has more than the other
        for (MelFrames recording : recordings) {
            boolean toOne = ahead <= 0;
            (toOne ? one : other).add(recording);
            ahead += toOne ? recording.count() : -recording.count();
        }
        MelFrames first = MelFrames.together(one);
        MelFrames second = MelFrames.together(other);
        int frames = Math.min(most, Math.min(first.count(), second.count()));
        return new Split(first.gaussian(frames), second.gaussian(frames), frames);
    }

    /// The distance between the halves, over the splits.
    public PercentileRange floor() {
        return PercentileRange.range(
                splits.stream()
                        .mapToDouble(split -> MelFrames.distance(split.one, split.other))
                        .toArray());
    }

    /// The distance of something else from the halves, over the splits.
    public PercentileRange distance(MelFrames sound) {
        return PercentileRange.range(
                splits.stream().flatMapToDouble(split -> distances(split, sound)).toArray());
    }

    private static DoubleStream distances(Split split, MelFrames sound) {
        Gaussian its = sound.gaussian(split.frames);
        return DoubleStream.of(
                MelFrames.distance(its, split.one), MelFrames.distance(its, split.other));
    }
}
