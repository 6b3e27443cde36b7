package wavenet4j.audio.decode;

import wavenet4j.audio.AudioException;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/// An open audio file of one format, with the header already read.
interface AudioDecoder extends Closeable {
    /// The sample rate of the file, in Hz.
    int sampleRate();

    /// Decodes the samples; may be called once.
    DecodedAudio decode() throws IOException;

    /// Checks a sample rate from a header, in Hz: resampling from the few hertz of a damaged header
    /// would make a huge clip of a tiny file.
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
