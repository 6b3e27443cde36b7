package wavenet4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What came of running a command in this process.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outcome(int status, byte[] out, String err) {
    static Outcome of(String... args) {
        return of(
                _ -> {
                    throw new IOException("tests make no sound");
                },
                args);
    }

    static Outcome of(Console.SoundOutput sound, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var printed = new PrintStream(err, true, StandardCharsets.UTF_8);
        var console = new Console(out, printed, false, sound);
        int status = Main.run(console, args);
        return new Outcome(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(out, StandardCharsets.UTF_8);
    }
}
