package wavenet4j.audio.decode.pcm;

import java.util.List;

/// What the headers of a file of uncompressed audio say.
///
/// @param frame the layout of a frame
/// @param sampleRate in Hz
/// @param start the offset of the first frame
/// @param bytes of frames that are present
/// @param warnings defects of the headers, one sentence each
record PcmAudio(PcmFrame frame, int sampleRate, long start, long bytes, List<String> warnings) {
    /// How many frames are present.
    long frames() {
        return bytes / frame.bytes();
    }
}
