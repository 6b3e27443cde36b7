package wavenet4j.audio.decode.internal;

import wavenet4j.audio.Clip;
import wavenet4j.audio.DecodedAudio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A growing buffer of mono samples that counts invalid ones.
public final class MonoBuffer {
    private float[] samples;
    private int size;
    private long damaged;

    /// @param expected initial capacity in samples
    public MonoBuffer(int expected) {
        samples = new float[expected];
    }

    /// Appends a sample; NaN is replaced by 0 and counted.
    public void add(float sample) {
        if (size == samples.length) samples = Arrays.copyOf(samples, grown());
        if (Float.isNaN(sample)) {
            sample = 0;
            damaged++;
        }
        samples[size++] = sample;
    }

    private int grown() {
        int most = Integer.MAX_VALUE - 8; // the longest array of the JVM
        if (size == most) throw new IllegalStateException("more than " + most + " samples");
        return (int) Math.min(most, Math.max(4096, size * 3L / 2));
    }

    /// Samples so far.
    public int size() {
        return size;
    }

    /// Drops the samples from `from` (inclusive) to `to` (exclusive).
    public void cut(int from, int to) {
        System.arraycopy(samples, to, samples, from, size - to);
        size -= to - from;
    }

    /// The collected samples, scaled down to a peak of 1 if they exceed it, which clipping would
    /// distort.
    ///
    /// @param sampleRate in Hz
    /// @param channels of the file
    /// @param warnings recoverable defects of the file, one sentence each
    public DecodedAudio toDecoded(int sampleRate, int channels, List<String> warnings) {
        Clip clip =
                new Clip(
                        size == samples.length ? samples : Arrays.copyOf(samples, size),
                        sampleRate);
        List<String> all = new ArrayList<>(warnings);
        if (damaged > 0) {
            all.add(
                    "has %d values that are not finite or beyond any scale, read as silence"
                            .formatted(damaged));
        }
        float peak = clip.peak();
        if (peak > 1) {
            double db = 20 * Math.log10(peak);
            all.add(
                    String.format(
                            Locale.ROOT,
                            "peaks %.1f dB above full scale and was scaled down to it",
                            db));
            clip = clip.normalized();
        }
        return new DecodedAudio(clip, channels, all);
    }
}
