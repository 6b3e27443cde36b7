package wavenet4j.audio.decode;

import wavenet4j.audio.Clip;

import java.util.List;

/// What was read from a recording, at the rate it was recorded at.
///
/// @param clip the sound, mixed to mono
/// @param channels how many channels the recording has
/// @param warnings what was wrong with the file though its samples could be used, one sentence each
public record DecodedAudio(Clip clip, int channels, List<String> warnings) {
    public DecodedAudio {
        warnings = List.copyOf(warnings);
    }
}
