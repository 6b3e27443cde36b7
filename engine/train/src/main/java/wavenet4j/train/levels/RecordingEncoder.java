package wavenet4j.train.levels;

import wavenet4j.audio.Clip;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.audio.corpus.RateRule;
import wavenet4j.audio.corpus.SilenceTrimming;
import wavenet4j.distribution.Quantizer;
import wavenet4j.info.Preprocessing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/// Turns recordings into levels, the same way for training and for evaluation.
///
/// @param preprocessing what is done to a recording before it is quantized
/// @param quantizer of the network
/// @param leadIn samples of silence put before each recording
public record RecordingEncoder(Preprocessing preprocessing, Quantizer quantizer, int leadIn) {
    /// How to read the recordings.
    ///
    /// @param sampleRate in Hz; empty for one of the recordings' own
    /// @param rule which of them
    public Corpus.Options options(OptionalInt sampleRate, RateRule rule) {
        return new Corpus.Options(
                sampleRate,
                rule,
                Optional.ofNullable(preprocessing.trimDb()).map(SilenceTrimming::below),
                preprocessing.normalize());
    }

    /// All that decides what a recording becomes, in words.
    ///
    /// @param sampleRate to which it is resampled, in Hz
    String describe(int sampleRate) {
        return "%d Hz, %s, %s, %d before".formatted(sampleRate, preprocessing, quantizer, leadIn);
    }

    /// The folder for a cache of some recordings, among those of others.
    public Path folderIn(Path caches, Path recordings, Corpus.Options options) {
        var crc = new CRC32();
        String all = "%s, %s, %s".formatted(recordings.toAbsolutePath().normalize(), this, options);
        crc.update(all.getBytes(StandardCharsets.UTF_8));
        Path name = recordings.toAbsolutePath().normalize().getFileName();
        return caches.resolve("%s-%08x".formatted(name == null ? "levels" : name, crc.getValue()));
    }

    /// The levels of a recording that was read with these options, with silence around it.
    public EncodedAudio encode(Clip clip) {
        int tail = (int) (preprocessing.tailSeconds() * clip.sampleRate());
        float[] samples = clip.samples();
        int width = Levels.bytes(quantizer.levels());
        var levels = new byte[Math.multiplyExact(leadIn + samples.length + tail, width)];
        fill(levels, 0, leadIn);
        int lowest = Character.MAX_VALUE;
        int highest = 0;
        int at = width * leadIn;
        for (float sample : samples) {
            int level = quantizer.encode(sample);
            levels[at++] = (byte) level;
            if (width == 2) levels[at++] = (byte) (level >>> 8);
            lowest = Math.min(lowest, level);
            highest = Math.max(highest, level);
        }
        fill(levels, leadIn + samples.length, tail);
        return new EncodedAudio(Levels.of(levels, width), lowest, highest);
    }

    /// Silence.
    private void fill(byte[] levels, int from, int count) {
        int silence = quantizer.silence();
        if (Levels.bytes(quantizer.levels()) == 1) {
            Arrays.fill(levels, from, from + count, (byte) silence);
            return;
        }
        for (int t = from; t < from + count; t++) {
            levels[2 * t] = (byte) silence;
            levels[2 * t + 1] = (byte) (silence >>> 8);
        }
    }
}
