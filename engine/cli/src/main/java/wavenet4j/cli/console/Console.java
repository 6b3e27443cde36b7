package wavenet4j.cli.console;

import wavenet4j.audio.out.Speaker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;

/// The streams that a command writes to, and the sound output.
///
/// @param out the result: audio, tables, lists
/// @param err everything else: progress, choices made, errors
/// @param columns of the terminal that `err` is, on which a line may be drawn again and again; 0
///   where it is none
/// @param sound opens the sound output
/// @param commands as a user can paste them
public record Console(
        OutputStream out, PrintStream err, int columns, SoundOutput sound, CommandLines commands) {
    /// Opens the sound output.
    public interface SoundOutput {
        /// A speaker for mono sound of that rate, in Hz.
        Speaker open(int sampleRate) throws IOException;
    }

    /// The process's own streams. The launcher sets a property where the error stream is a
    /// terminal, as Java cannot find that out.
    ///
    /// @param command that runs
    public static Console ofProcess(String command) {
        // System.out would swallow the error of a closed pipe.
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                System.err,
                Integer.getInteger("wavenet4j.columns", 0),
                Speaker::open,
                CommandLines.ofProcess(command));
    }

    /// The same with another output for results.
    public Console with(OutputStream results) {
        return new Console(results, err, columns, sound, commands);
    }

    /// Prints a line to the error stream.
    public void log(String line) {
        err.println(line);
    }

    /// Prints a line to the error stream, under a heading and aligned with other such lines.
    public void log(String heading, String line) {
        err.printf("%-10s %s%n", heading, line);
    }

    /// Prints a result to the output stream.
    public void print(String text) {
        outWriter().println(text);
    }

    /// The output for text; every line is flushed.
    public PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, err.charset()), true);
    }

    /// The error stream as a writer.
    public PrintWriter errWriter() {
        return new PrintWriter(err, true, err.charset());
    }
}
