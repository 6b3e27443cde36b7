package wavenet4j.audio.decode.internal;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.DecodedAudio;

import java.io.IOException;
import java.nio.file.Path;

/// An audio file of one format, with the header already read.
public interface AudioDecoder {
    /// The sample rate of the file, in Hz.
    int sampleRate();

    /// The samples of a channel, as far as they are known before they are decoded: as declared, or
    /// by the size of the file.
    ///
    /// @throws IOException when the file cannot be read
    long frames() throws IOException;

    /// Decodes the samples; may be called once.
    ///
    /// @throws IOException when they cannot be read
    DecodedAudio decode() throws IOException;

    /// Checks a sample rate from a header, in Hz: resampling from the few hertz of a damaged header
    /// would make a huge clip of a tiny file.
    ///
    /// @throws AudioException when it is no rate of audio
    static int checkedRate(Path file, long rate) throws AudioException {
        if (rate < 1_000 || rate > 768_000) {
            throw new AudioException(
                    file,
                    "declares a sample rate of %d Hz, outside 1000 to 768000; convert it to 16-bit WAV"
                            .formatted(rate));
        }
        return (int) rate;
    }
}
