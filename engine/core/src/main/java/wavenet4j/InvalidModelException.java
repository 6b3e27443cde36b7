package wavenet4j;

import java.io.IOException;
import java.nio.file.Path;

/// A model file or checkpoint that is not one, or not one that this version can use. The message is
/// one sentence for the person who named the file.
public final class InvalidModelException extends IOException {
    private static final long serialVersionUID = 1;

    /// Says that `file` cannot be used because of `problem`, a phrase without a full stop.
    public InvalidModelException(Path file, String problem) {
        super(file + " cannot be used: " + problem + ".");
    }
}
