package wavenet4j.train.facts;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Quantizer;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;

import java.util.List;

/// The training recordings end to end, each without its first receptive field, which is only
/// context and may be a lead-in. Read from front to back.
final class Passages {
    private final List<EncodedRecording> recordings;
    private final Quantizer quantizer;
    private final int field;
    private final long samples;
    private int recording;
    private long start; // of that recording, among all samples

    Passages(Dataset data) {
        ModelSpec spec = data.spec();
        recordings = data.training();
        quantizer = spec.quantizer();
        field = spec.receptiveField();
        long all = 0;
        for (EncodedRecording each : recordings) all += length(each);
        samples = all;
    }

    /// How many there are in all.
    long samples() {
        return samples;
    }

    /// The amplitudes from there on, fewer at the end.
    ///
    /// @param from no less than in the call before
    float[] read(long from, int most) {
        var passage = new float[(int) Math.min(most, samples - from)];
        for (int i = 0; i < passage.length; i++) {
            while (from + i >= start + length(recordings.get(recording))) {
                start += length(recordings.get(recording++));
            }
            int at = field + (int) (from + i - start);
            passage[i] = quantizer.decode(recordings.get(recording).levels().at(at));
        }
        return passage;
    }

    private int length(EncodedRecording recording) {
        return recording.levels().length() - field;
    }
}
