package wavenet4j.cuda.check;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.MuLaw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// A WAV file as a network's levels.
final class QuantizedRecording {
    private QuantizedRecording() {}

    /// @param most samples that are read
    /// @throws IOException when it is no WAV, or not of the network's sample rate, and how to
    ///   convert it
    static int[] levels(Path file, ModelSpec spec, int most) throws IOException {
        try (var in = AudioSystem.getAudioInputStream(file.toFile())) {
            AudioFormat format = in.getFormat();
            if (format.getSampleRate() != spec.sampleRate()) {
                throw new IOException(
                        "%s has %.0f samples a second and the network speaks %d; convert it, for instance by sox %s -r %d -c 1 -b 16 out.wav"
                                .formatted(
                                        file,
                                        format.getSampleRate(),
                                        spec.sampleRate(),
                                        file,
                                        spec.sampleRate()));
            }
            var wanted = new AudioFormat(format.getSampleRate(), 16, 1, true, false);
            try (var mono = AudioSystem.getAudioInputStream(wanted, in)) {
                byte[] bytes = mono.readNBytes(2 * most);
                var samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
                if (!samples.hasRemaining()) {
                    throw new IOException(
                            "%s has no samples; take a longer recording".formatted(file));
                }
                var mulaw = new MuLaw(spec.levels());
                var levels = new int[samples.remaining()];
                for (int i = 0; i < levels.length; i++) {
                    levels[i] = mulaw.encode(samples.get(i) / 32768f);
                }
                return levels;
            }
        } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
            throw new IOException(
                    "%s cannot be read as a WAV file; convert it to 16-bit mono WAV"
                            .formatted(file),
                    e);
        }
    }
}
