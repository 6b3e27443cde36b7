package wavenet4j.cli.console;

import org.jspecify.annotations.Nullable;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// The stream of a command's results, which remembers that it could not be written to: text goes
/// there through writers that keep errors to themselves.
public final class ResultStream extends FilterOutputStream {
    private @Nullable IOException failure;

    /// @param out what it writes to
    public ResultStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            if (failure == null) failure = e;
            throw e;
        }
    }

    /// The first error, or null. That the reader at the end of a pipe has closed it is none.
    public @Nullable IOException failure() {
        return failure == null || isClosedPipe(failure) ? null : failure;
    }

    /// Whether the reader at the end of the pipe has closed it.
    public static boolean isClosedPipe(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe");
    }
}
