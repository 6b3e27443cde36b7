package wavenet4j.train.levels;

import wavenet4j.audio.Clip;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.audio.corpus.SilenceTrimming;
import wavenet4j.distribution.Quantizer;
import wavenet4j.info.Preprocessing;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/// Turns recordings into levels, the same way for training and for evaluation.
///
/// @param preprocessing what is done to a recording before it is quantized
/// @param quantizer of the network
/// @param leadIn samples of silence put before each recording
public record RecordingEncoder(Preprocessing preprocessing, Quantizer quantizer, int leadIn) {
    /// How to read the recordings.
    ///
    /// @param sampleRate in Hz; empty for the one that suits most of the recordings
    public Corpus.Options options(OptionalInt sampleRate) {
        return new Corpus.Options(
                sampleRate,
                Optional.ofNullable(preprocessing.trimDb()).map(SilenceTrimming::below),
                preprocessing.normalize());
    }

    /// The levels of a recording that was read with these options, with silence around it.
    public EncodedAudio encode(Clip clip) {
        int tail = (int) (preprocessing.tailSeconds() * clip.sampleRate());
        float[] samples = clip.samples();
        var levels = new char[Math.addExact(leadIn + tail, samples.length)];
        Arrays.fill(levels, 0, leadIn, (char) quantizer.silence());
        int lowest = Character.MAX_VALUE;
        int highest = 0;
        for (int t = 0; t < samples.length; t++) {
            int level = quantizer.encode(samples[t]);
            levels[leadIn + t] = (char) level;
            lowest = Math.min(lowest, level);
            highest = Math.max(highest, level);
        }
        Arrays.fill(levels, leadIn + samples.length, levels.length, (char) quantizer.silence());
        return new EncodedAudio(
                Levels.of(levels, Levels.bytes(quantizer.levels())), lowest, highest);
    }
}
