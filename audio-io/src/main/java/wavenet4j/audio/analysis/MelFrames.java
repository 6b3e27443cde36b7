package wavenet4j.audio.analysis;

import wavenet4j.audio.Clip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Log-mel feature vectors of a set of clips, and the Frechet distance between two sets.
///
/// A vector is the log-mel spectrum of 64 ms, 40 bands in dB, followed by that of the next 64 ms,
/// so that the distance depends on the order of sounds too.
public final class MelFrames {
    private static final int WIDTH = 2 * LogMel.BANDS;
    private static final int NEXT = 2; // hops to the next frame without overlap

    private final int sampleRate;
    private final List<float[][]> clips; // each [hops][LogMel.BANDS]
    private final int count;

    private MelFrames(int sampleRate, List<float[][]> clips) {
        this.sampleRate = sampleRate;
        this.clips = clips;
        count = clips.stream().mapToInt(MelFrames::pairs).sum();
    }

    private static int pairs(float[][] clip) {
        return Math.max(0, clip.length - NEXT);
    }

    /// The frames of a clip; none if it is shorter than about 128 ms.
    public static MelFrames of(Clip clip) {
        var mel = new LogMel(clip.sampleRate());
        return new MelFrames(clip.sampleRate(), Collections.singletonList(mel.frames(clip)));
    }

    /// The frames of several sets as one set.
    ///
    /// @throws IllegalArgumentException when `sets` is empty or sample rates differ
    public static MelFrames concat(List<MelFrames> sets) {
        if (sets.isEmpty()) throw new IllegalArgumentException("there are no frames to join");
        var clips = new ArrayList<float[][]>();
        for (MelFrames set : sets) {
            sets.getFirst().requireRateOf(set);
            clips.addAll(set.clips);
        }
        return new MelFrames(sets.getFirst().sampleRate, clips);
    }

    /// The frames of the first halves of the clips, and those of the second.
    List<MelFrames> halves() {
        var first = new ArrayList<float[][]>();
        var second = new ArrayList<float[][]>();
        for (float[][] clip : clips) {
            first.add(Arrays.copyOfRange(clip, 0, clip.length / 2));
            second.add(Arrays.copyOfRange(clip, clip.length / 2, clip.length));
        }
        return List.of(new MelFrames(sampleRate, first), new MelFrames(sampleRate, second));
    }

    /// The number of frames: about 31 for each second of a clip.
    public int count() {
        return count;
    }

    /// The distance between two sets in dB, a metric: 0 for equal sets, and x for a gain of x dB
    /// (above the floor of -80 dB).
    ///
    /// It is the Frechet distance between normal distributions fitted to the two sets, divided by
    /// the square root of the number of dimensions. The Frechet audio distance (Kilgour et al.,
    /// Interspeech 2019) is its square with a network's embedding in place of the log-mel frames.
    /// The estimate grows as frames become fewer, so compare only distances between sets of equal
    /// size, as [SplitHalfBaseline] does.
    ///
    /// @throws IllegalArgumentException when a set has fewer than two frames, or sample rates
    ///   differ
    public double distance(MelFrames other) {
        requireRateOf(other);
        return distance(gaussian(count), other.gaussian(other.count));
    }

    static double distance(Gaussian a, Gaussian b) {
        return Math.sqrt(a.squaredFrechetDistance(b) / WIDTH);
    }

    /// A normal distribution fitted to at most `most` evenly spaced frames.
    Gaussian gaussian(int most) {
        if (count < 2 || most < 2) {
            throw new IllegalArgumentException(
                    "%d frames are too few to fit a distribution: the clips are too short"
                            .formatted(Math.min(count, most)));
        }
        int taken = Math.min(most, count);
        var rows = new double[taken][WIDTH];
        int clip = 0;
        int before = 0; // pairs of the previous clips
        for (int i = 0; i < taken; i++) {
            int pair = (int) ((2L * i + 1) * count / (2L * taken));
            while (pair - before >= pairs(clips.get(clip))) before += pairs(clips.get(clip++));
            float[] now = clips.get(clip)[pair - before];
            float[] next = clips.get(clip)[pair - before + NEXT];
            for (int band = 0; band < LogMel.BANDS; band++) {
                rows[i][band] = now[band];
                rows[i][LogMel.BANDS + band] = next[band];
            }
        }
        return Gaussian.of(rows);
    }

    private void requireRateOf(MelFrames other) {
        if (sampleRate != other.sampleRate) {
            throw new IllegalArgumentException(
                    "clips at %d Hz and at %d Hz cannot be compared; resample one of them"
                            .formatted(sampleRate, other.sampleRate));
        }
    }
}
