package wavenet4j.examples;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Backends;
import wavenet4j.live.LiveTake;
import wavenet4j.live.TakeStream;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;

/// Writes ten seconds to a file: `WriteFile MODEL.safetensors OUT.wav`.
public final class WriteFile {
    private WriteFile() {}

    /// Runs it.
    ///
    /// @param args the model file, the WAV file
    public static void main(String[] args) throws IOException {
        Model model = Model.load(Path.of(args[0]));
        Backend backend = Backends.fastest(model.spec()).backend();
        Generator generator = backend.open(model, model.precision(), 2); // threads
        generator.begin(new Take(42, model.sampling(), Set.of()));
        long samples = 10L * model.spec().sampleRate();
        try (var sound = new TakeStream(new LiveTake(generator, samples))) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, new File(args[1]));
        }
    }
}
