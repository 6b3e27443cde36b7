package wavenet4j.audio;

import java.io.IOException;
import java.nio.file.Path;

/// A recording that cannot be read. The message is one sentence: the file, the problem and the
/// remedy.
public final class AudioException extends IOException {
    private static final long serialVersionUID = 1;

    private final String problem;

    /// Reports a problem with a file.
    ///
    /// @param file the recording
    /// @param problem the problem and the remedy, without the file name
    public AudioException(Path file, String problem) {
        super(file + ": " + problem);
        this.problem = problem;
    }

    /// Likewise, with a cause.
    ///
    /// @param file the recording
    /// @param problem the problem and the remedy, without the file name
    /// @param cause the underlying error
    public AudioException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
        this.problem = problem;
    }

    /// The message without the file name.
    public String problem() {
        return problem;
    }
}
