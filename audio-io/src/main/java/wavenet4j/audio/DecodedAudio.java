package wavenet4j.audio;

import java.util.List;

/// A decoded recording at the sample rate of its file.
///
/// @param clip the samples, mixed to mono
/// @param channels number of channels of the file
/// @param warnings recoverable defects of the file, one sentence each
public record DecodedAudio(Clip clip, int channels, List<String> warnings) {
    public DecodedAudio {
        warnings = List.copyOf(warnings);
    }
}
