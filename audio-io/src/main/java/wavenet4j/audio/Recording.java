package wavenet4j.audio;

import java.io.Closeable;
import java.io.IOException;

/// An opened recording of one format: its header is read, its samples not yet.
interface Recording extends Closeable {
    /// The rate it was recorded at, in Hz.
    int sampleRate();

    /// Reads the samples; to be called once.
    Decoded decode() throws IOException;
}
