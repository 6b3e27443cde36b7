package wavenet4j;

import java.io.IOException;
import java.nio.file.Path;

/// A model file that is not one, or not one that this version can run. The message is one sentence
/// for the person who named the file.
public final class InvalidModelException extends IOException {
    private static final long serialVersionUID = 1;

    InvalidModelException(Path file, String problem) {
        super(file + " is not a usable model: " + problem + ".");
    }
}
