package wavenet4j.cli.sample;

import wavenet4j.audio.out.Speaker;
import wavenet4j.audio.testing.FakeLine;
import wavenet4j.cli.Main;
import wavenet4j.cli.console.CommandLines;
import wavenet4j.cli.console.Console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

import javax.sound.sampled.LineUnavailableException;

/// A command in a process of its own, whose sound goes to a line that prints what is asked of it.
final class PlayingProgram {
    private PlayingProgram() {}

    public static void main(String[] args) {
        var line = new FakeLine(System.out::println);
        var out = new FileOutputStream(FileDescriptor.out);
        System.exit(
                Main.run(
                        new Console(out, System.err, 0, soundOn(line), CommandLines.plain(args[0])),
                        args));
    }

    /// A speaker on that line.
    static Console.SoundOutput soundOn(FakeLine line) {
        return rate -> {
            try {
                return new Speaker(line.line(), rate);
            } catch (LineUnavailableException e) {
                throw new IOException(e);
            }
        };
    }
}
