package wavenet4j.examples;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.backend.Backends;
import wavenet4j.distribution.Sampling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// Passes from one label to another in four seconds.
///
/// `Morph MODEL.safetensors FROM TO OUT.wav`, where FROM and TO are names such as `speaker=theo`.
public final class Morph {
    private Morph() {}

    /// Runs it.
    ///
    /// @param args the model file, the first label, the second, the WAV file
    public static void main(String[] args) throws IOException {
        Model model = Model.load(Path.of(args[0]));
        int rate = model.spec().sampleRate();
        var block = new float[rate / 100];
        try (Generator generator =
                        Backends.fastest(model.spec()).backend().open(model, model.precision(), 2);
                var writer = WavWriter.to(Path.of(args[3]), rate)) {
            generator.begin(new Take(42, Sampling.DEFAULT, Set.of(args[1])));
            for (int i = 0; i < 400; i++) {
                float share = Math.clamp((i - 100) / 200f, 0, 1); // a second of each at the ends
                generator.label(Map.of(args[1], 1 - share, args[2], share));
                generator.generate(block, 0, block.length);
                writer.write(block, 0, block.length);
            }
        }
    }
}
