package wavenet4j.examples;

import wavenet4j.Backend;
import wavenet4j.Backends;
import wavenet4j.Generator;
import wavenet4j.LiveTake;
import wavenet4j.Take;
import wavenet4j.TakeStream;
import wavenet4j.WaveNet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;

/// Sixteen takes of two seconds from one model, on all cores: `Variations MODEL.safetensors
/// FOLDER`.
public final class Variations {
    private Variations() {}

    /// Runs it.
    ///
    /// @param args the model file, the folder
    public static void main(String[] args) throws IOException {
        WaveNet model = WaveNet.load(Path.of(args[0])); // shared by all generators
        Backend backend = Backends.fastest(model.spec()).backend();
        IntStream.range(0, 16)
                .parallel()
                .forEach(seed -> {
                    Generator generator = backend.open(model, model.precision(), 1);
                    generator.reset(Take.ofSeed(seed));
                    write(generator, new File(args[1], seed + ".wav"));
                });
    }

    private static void write(Generator generator, File file) {
        long samples = 2L * generator.model().spec().sampleRate();
        try (var sound = new TakeStream(new LiveTake(generator, samples))) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
