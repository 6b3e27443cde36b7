package wavenet4j.cli.console;

import wavenet4j.audio.out.Speaker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;

/// Where a command writes.
///
/// @param out what was asked for: audio, tables, lists
/// @param err everything else: progress, choices made, problems
/// @param live whether `err` is a terminal, on which a line may be drawn again and again
/// @param sound opens the sound output
public record Console(OutputStream out, PrintStream err, boolean live, SoundOutput sound) {
    /// Where sound is played.
    public interface SoundOutput {
        Speaker open(int sampleRate) throws IOException;
    }

    /// The process's own streams. The launcher says whether the error stream is a terminal; Java
    /// cannot tell.
    public static Console ofProcess() {
        // System.out would swallow the error of a closed pipe.
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                System.err,
                Boolean.getBoolean("wavenet4j.terminal"),
                Speaker::open);
    }

    /// Says one line of what is going on.
    public void say(String line) {
        err.println(line);
    }

    /// Says one line under a heading, aligned with the others.
    public void say(String heading, String line) {
        err.printf("%-10s %s%n", heading, line);
    }

    /// Prints what was asked for.
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
