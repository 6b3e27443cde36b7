package wavenet4j.cpu;

import wavenet4j.Model;
import wavenet4j.backend.Backends;
import wavenet4j.live.LiveTake;
import wavenet4j.live.TakeStream;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;

/// A program that embeds the engine: prints a number that its sound determines. With a second
/// argument it opens a socket before, to show that one is noticed.
final class EmbeddedProgram {
    private EmbeddedProgram() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 1) new ServerSocket(0).close();
        System.out.println(sound(Path.of(args[0])));
    }

    static int sound(Path file) throws IOException {
        Model model = Model.load(file);
        var generator = Backends.fastest(model.spec()).backend().open(model, model.precision(), 2);
        try (var sound = new TakeStream(new LiveTake(generator, 5000))) {
            return Arrays.hashCode(sound.readAllBytes());
        }
    }
}
