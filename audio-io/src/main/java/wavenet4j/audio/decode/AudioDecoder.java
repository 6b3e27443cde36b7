package wavenet4j.audio.decode;

import wavenet4j.audio.AudioException;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/// An opened recording of one format: its header is read, its samples not yet.
interface AudioDecoder extends Closeable {
    /// The rate it was recorded at, in Hz.
    int sampleRate();

    /// Reads the samples; to be called once.
    DecodedAudio decode() throws IOException;

    /// A rate from a header, which must be one that converters have: others come from damage, and
    /// resampling from a few hertz would make a huge clip of a tiny file.
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
