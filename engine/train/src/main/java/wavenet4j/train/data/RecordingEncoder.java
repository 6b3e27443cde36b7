package wavenet4j.train.data;

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
public record RecordingEncoder(Preprocessing preprocessing, Quantizer quantizer) {
    /// How to read the recordings.
    ///
    /// @param sampleRate in Hz; empty for the one that most of the recordings have
    public Corpus.Options options(OptionalInt sampleRate) {
        return new Corpus.Options(
                sampleRate,
                Optional.ofNullable(preprocessing.trimDb()).map(SilenceTrimming::below),
                preprocessing.normalize());
    }

    /// The levels of a recording that was read with these options, without the silence around it.
    public char[] encode(Clip clip) {
        var levels = new char[clip.samples().length];
        for (int t = 0; t < levels.length; t++) {
            levels[t] = (char) quantizer.encode(clip.samples()[t]);
        }
        return levels;
    }

    /// The levels with silence around them.
    ///
    /// @param before samples of silence before them
    /// @param sampleRate in Hz, by which the silence of [Preprocessing#tailSeconds()] is measured
    public char[] padded(char[] levels, int before, int sampleRate) {
        int after = (int) (preprocessing.tailSeconds() * sampleRate);
        if (before + after == 0) return levels;
        var padded = new char[before + levels.length + after];
        Arrays.fill(padded, (char) quantizer.silence());
        System.arraycopy(levels, 0, padded, before, levels.length);
        return padded;
    }
}
