package wavenet4j.audio.analysis;

import wavenet4j.audio.Clip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The frames of clips as the ear would tell them apart, for saying how far two sets of clips are
/// from each other in sound.
///
/// A frame is the log-mel spectrum of 64 ms, 40 bands in dB, followed by that of the next 64 ms, so
/// that the order of sounds counts and not only what sounds there are.
public final class MelFrames {
    private static final int WIDTH = 2 * LogMel.BANDS;
    private static final int NEXT = 2; // hops from a frame to the next that shares no sample

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

    /// The frames of a clip; none of one shorter than 128 ms or so.
    public static MelFrames of(Clip clip) {
        var mel = new LogMel(clip.sampleRate());
        return new MelFrames(clip.sampleRate(), Collections.singletonList(mel.frames(clip)));
    }

    /// Those of several sets together.
    ///
    /// @throws IllegalArgumentException when there is none, or their sample rates differ
    public static MelFrames together(List<MelFrames> sets) {
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

    /// How many there are: about 31 for each second of a clip.
    public int count() {
        return count;
    }

    /// How far two sets are apart in sound, in dB: 0 for equal sets, and as a metric is, the same
    /// from either side and no longer than by a detour. A constant gain of x dB, which moves every
    /// band by x, is a distance of x (but for what the floor of -80 dB hides).
    ///
    /// It is the Frechet distance between the normal distributions that have the means and
    /// covariances of the two sets, its root taken and divided by that of the dimensions. With its
    /// square and a network's embedding in place of the log-mel frames, it is the Frechet audio
    /// distance (Kilgour et al., Interspeech 2019). Few frames make it larger than many, so compare
    /// distances between sets of equal counts alone, beside that between two halves of what is
    /// real.
    ///
    /// @throws IllegalArgumentException when one has fewer than two frames, or the rates differ
    public double distance(MelFrames other) {
        requireRateOf(other);
        return distance(gaussian(count), other.gaussian(other.count));
    }

    static double distance(Gaussian a, Gaussian b) {
        return Math.sqrt(a.frechet(b) / WIDTH);
    }

    /// The normal distribution of `most` frames, taken evenly from first to last.
    Gaussian gaussian(int most) {
        if (count < 2 || most < 2) {
            throw new IllegalArgumentException(
                    "%d frames of sound have no distribution: the clips are too short"
                            .formatted(Math.min(count, most)));
        }
        int taken = Math.min(most, count);
        var rows = new double[taken][WIDTH];
        int clip = 0;
        int before = 0; // pairs of the clips before that one
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
                    "sounds of %d and of %d Hz cannot be compared; resample one of them"
                            .formatted(sampleRate, other.sampleRate));
        }
    }
}
