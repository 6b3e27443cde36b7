package wavenet4j.audio;

import java.io.IOException;
import java.nio.file.Path;

/// A recording that cannot be used. The message is one sentence that names the file, what was found
/// in it and what would help.
public final class AudioException extends IOException {
    private static final long serialVersionUID = 1;

    private final String problem;

    /// @param file the recording
    /// @param problem what was found and what would help, to follow the file's name and a colon
    public AudioException(Path file, String problem) {
        super(file + ": " + problem);
        this.problem = problem;
    }

    /// As above, keeping the error that led here.
    public AudioException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
        this.problem = problem;
    }

    /// The sentence without the file's name, for lists that print the name anyway.
    public String problem() {
        return problem;
    }
}
