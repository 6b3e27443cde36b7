package wavenet4j.examples;

import be.tarsos.dsp.AudioDispatcher;
import be.tarsos.dsp.effects.DelayEffect;
import be.tarsos.dsp.io.jvm.JVMAudioInputStream;
import be.tarsos.dsp.io.jvm.WaveformWriter;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.backend.Backends;
import wavenet4j.live.LiveTake;
import wavenet4j.live.TakeStream;

import java.io.IOException;
import java.nio.file.Path;

/// Five seconds with an echo by TarsosDSP: `TarsosEffect MODEL.safetensors OUT.wav`. (TarsosDSP is
/// under the GPL, and so is a program that links it.)
public final class TarsosEffect {
    private TarsosEffect() {}

    /// Runs it.
    ///
    /// @param args the model file, the WAV file
    public static void main(String[] args) throws IOException {
        Model model = Model.load(Path.of(args[0]));
        Generator generator =
                Backends.fastest(model.spec()).backend().open(model, model.precision(), 2);
        generator.begin(Take.ofSeed(42));
        int rate = model.spec().sampleRate();
        try (var sound = new TakeStream(new LiveTake(generator, 5L * rate))) {
            var dispatcher = new AudioDispatcher(new JVMAudioInputStream(sound), 1024, 0);
            dispatcher.setZeroPadLastBuffer(false);
            dispatcher.addAudioProcessor(new DelayEffect(0.25, 0.5, rate)); // seconds, decay
            dispatcher.addAudioProcessor(new WaveformWriter(sound.getFormat(), args[1]));
            dispatcher.run();
        }
    }
}
