package wavenet4j.examples;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.backend.Backends;
import wavenet4j.distribution.Sampling;
import wavenet4j.live.LiveTake;
import wavenet4j.live.TakeStream;

import java.io.IOException;
import java.nio.file.Path;

import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/// Plays half a minute, drawn wilder by the second: `PlayLive MODEL.safetensors`.
public final class PlayLive {
    private static final int SECONDS = 30;

    private PlayLive() {}

    /// Runs it.
    ///
    /// @param args the model file
    public static void main(String[] args) throws IOException, LineUnavailableException {
        Model model = Model.load(Path.of(args[0]));
        Generator generator =
                Backends.fastest(model.spec()).backend().open(model, model.precision(), 2);
        generator.begin(Take.ofSeed(42));
        try (var take = new LiveTake(generator, (long) SECONDS * model.spec().sampleRate());
                var sound = new TakeStream(take);
                var line = AudioSystem.getSourceDataLine(sound.getFormat())) {
            play(take, sound, line);
        }
    }

    static void play(LiveTake take, TakeStream sound, SourceDataLine line)
            throws LineUnavailableException {
        int second = 2 * take.model().spec().sampleRate();
        line.open(sound.getFormat(), second);
        line.start();
        var bytes = new byte[second];
        for (int i = 0; i < SECONDS; i++) {
            take.steer(new Sampling(0.7f + 0.3f * i / SECONDS, 0, 1)); // or from any other thread
            line.write(bytes, 0, sound.read(bytes));
        }
        line.drain();
    }
}
