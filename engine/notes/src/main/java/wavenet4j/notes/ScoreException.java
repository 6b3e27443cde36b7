package wavenet4j.notes;

import java.io.IOException;
import java.nio.file.Path;

/// A score that cannot be read or written. The message is one sentence: the file, the problem and
/// the remedy.
public final class ScoreException extends IOException {
    private static final long serialVersionUID = 1;

    private final String problem;

    /// Reports a problem with a file.
    ///
    /// @param problem the problem and the remedy, without the file name
    public ScoreException(Path file, String problem) {
        super(file + ": " + problem);
        this.problem = problem;
    }

    /// Likewise, with a cause.
    ///
    /// @param problem the problem and the remedy, without the file name
    public ScoreException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
        this.problem = problem;
    }

    /// The message without the file name.
    public String problem() {
        return problem;
    }
}
