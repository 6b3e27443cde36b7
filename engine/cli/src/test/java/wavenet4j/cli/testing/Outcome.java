package wavenet4j.cli.testing;

import wavenet4j.cli.Main;
import wavenet4j.cli.console.CommandLines;
import wavenet4j.cli.console.Console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What came of running a command in this process.
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Outcome(int status, byte[] out, String err) {
    public static Outcome of(String... args) {
        return of(
                _ -> {
                    throw new IOException("tests make no sound");
                },
                args);
    }

    public static Outcome of(Console.SoundOutput sound, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var printed = new PrintStream(err, true, StandardCharsets.UTF_8);
        var console = new Console(out, printed, 0, sound, CommandLines.plain(args[0]));
        int status = Main.run(console, args);
        return new Outcome(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    public String text() {
        return new String(out, StandardCharsets.UTF_8);
    }
}
