package wavenet4j.audio.decode.aac;

import java.nio.ByteBuffer;
import java.util.List;

/// Where the frames of an AAC stream lie.
///
/// @param config the AudioSpecificConfig (ISO 14496-3)
/// @param offsets of the frames in the file
/// @param sizes of the frames in bytes
/// @param start of the sound in seconds: before it is what the encoder put in front
/// @param seconds of sound; infinite where that is not told
/// @param warnings defects of the file, one sentence each
record AacFrames(
        ByteBuffer config,
        List<Long> offsets,
        List<Integer> sizes,
        double start,
        double seconds,
        List<String> warnings) {}
