package wavenet4j.file;

import java.io.IOException;
import java.nio.file.Path;

/// A model file or checkpoint that is not one, or not one that this version can use. The message is
/// one sentence for the person who named the file, always on one line.
public final class InvalidModelException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int MAX_PROBLEM = 300;

    /// Says that `file` cannot be used because of `problem`, a phrase without a full stop.
    public InvalidModelException(Path file, String problem) {
        this(file.toString(), problem);
    }

    /// Says the same of what is no file, such as a resource.
    public InvalidModelException(String name, String problem) {
        super(name + " cannot be used: " + shortLine(problem) + ".");
    }

    /// Without the line breaks, control characters and sheer length of names taken from the file.
    private static String shortLine(String problem) {
        String start =
                problem.length() <= MAX_PROBLEM
                        ? problem
                        : problem.substring(0, MAX_PROBLEM) + "...";
        return start.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ");
    }
}
