package wavenet4j.train.facts;

import wavenet4j.distribution.Quantizer;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.levels.Levels;

/// Levels of the training recordings, for the diagnosis of a training.
///
/// @param silentShare of the samples that are below -60 dB, from 0 to 1
/// @param fullScaleShare of the samples that are at full scale, from 0 to 1
public record DatasetStatistics(double silentShare, double fullScaleShare) {
    private static final float FULL_SCALE = 0.98f;
    private static final int BLOCK = 1 << 12;

    /// A start must not take long for many recordings: of these, blocks evenly spread are measured.
    private static final int ENOUGH = 1 << 25;

    /// Measures them.
    public static DatasetStatistics of(Dataset data) {
        int q = data.spec().levels();
        Quantizer quantizer = data.spec().quantizer();
        var silent = new boolean[q];
        var full = new boolean[q];
        for (int level = 0; level < q; level++) {
            silent[level] = Levels.isSilent(level, quantizer);
            full[level] = Math.abs(quantizer.decode(level)) >= FULL_SCALE;
        }
        long all = data.training().stream().mapToLong(r -> r.levels().length()).sum();
        int skipped = (int) (Math.max(0, all / ENOUGH - 1) * BLOCK); // after each block
        long samples = 0;
        long silentSamples = 0;
        long fullSamples = 0;
        for (EncodedRecording recording : data.training()) {
            Levels levels = recording.levels();
            // The first receptive field is only context, such as a lead-in.
            for (int t = data.spec().receptiveField(); t < levels.length(); ) {
                int end = Math.min(t + BLOCK, levels.length());
                for (; t < end; t++) {
                    int level = levels.at(t);
                    samples++;
                    if (silent[level]) silentSamples++;
                    if (full[level]) fullSamples++;
                }
                if (t + skipped < t) break; // overflow
                t += skipped;
            }
        }
        return new DatasetStatistics(
                (double) silentSamples / samples, (double) fullSamples / samples);
    }
}
