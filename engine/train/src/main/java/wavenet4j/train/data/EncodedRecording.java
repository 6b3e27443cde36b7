package wavenet4j.train.data;

import wavenet4j.train.levels.Levels;
import wavenet4j.train.levels.Span;

import java.util.Set;

/// A recording, or a part of one, as quantized levels.
///
/// @param file its path below the corpus folder, with `/` between
/// @param span the part of the recording; whole where it is all
/// @param levels lead-in and tail included
/// @param labels of the recording
public record EncodedRecording(String file, Span span, Levels levels, Set<String> labels) {
    /// A whole recording.
    public EncodedRecording(String file, Levels levels, Set<String> labels) {
        this(file, Span.WHOLE, levels, labels);
    }

    /// The file, and the part of it where it is not whole, as [Span#of] reads it.
    public String name() {
        return span.in(file);
    }

    /// A part of a whole recording.
    ///
    /// @param from index of its first level
    /// @param to index after its last one
    /// @param leadIn samples of silence that the recording begins with
    EncodedRecording part(int from, int to, int leadIn) {
        var part = new Span(Math.max(0, from - leadIn), to - leadIn);
        return new EncodedRecording(file, part, levels.slice(from, to), labels);
    }
}
