package wavenet4j.examples;

import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.backend.Backends;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// Sixteen takes of two seconds from one model, made together: `Variations MODEL.safetensors
/// FOLDER`.
public final class Variations {
    private Variations() {}

    /// Runs it.
    ///
    /// @param args the model file, the folder
    public static void main(String[] args) throws IOException {
        Model model = Model.load(Path.of(args[0]));
        int rate = model.spec().sampleRate();
        int threads = Runtime.getRuntime().availableProcessors();
        var levels = new int[16][2 * rate];
        var backend = Backends.fastest(model.spec()).backend();
        try (Streams streams = backend.openStreams(model, model.precision(), threads, 16)) {
            streams.begin(IntStream.range(0, 16).mapToObj(Take::ofSeed).toList());
            streams.generate(levels, 0, 2 * rate);
        }
        var quantizer = model.spec().quantizer();
        for (int n = 0; n < 16; n++) {
            try (var writer = WavWriter.to(Path.of(args[1], n + ".wav"), rate)) {
                writer.write(quantizer.decode(levels[n]), 0, 2 * rate);
            }
        }
    }
}
