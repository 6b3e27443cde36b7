package wavenet4j.cli;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.Quantizer;
import wavenet4j.audio.Speaker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The sounds of takes that are made together, each on its way to its own file.
final class TakeSounds implements AutoCloseable {
    private final Quantizer quantizer;
    private final List<TakeSound> sounds = new ArrayList<>();

    /// Starts writing.
    ///
    /// @param speaker plays the first; null where nothing is played
    TakeSounds(List<TakeFile> files, ModelSpec spec, Console console, @Nullable Speaker speaker)
            throws IOException {
        quantizer = spec.output().quantizer();
        try {
            for (TakeFile file : files) {
                var writer = file.open(console, spec.sampleRate());
                sounds.add(
                        new TakeSound(
                                spec.sampleRate(), writer, sounds.isEmpty() ? speaker : null));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Goes on with the sound of `levels[take][0, count)`.
    void add(int[][] levels, int count) throws IOException {
        var samples = new float[count];
        for (int n = 0; n < sounds.size(); n++) {
            for (int i = 0; i < count; i++) samples[i] = quantizer.decode(levels[n][i]);
            sounds.get(n).add(samples, count);
        }
    }

    TakeSound get(int take) {
        return sounds.get(take);
    }

    /// Completes all files.
    @Override
    public void close() throws IOException {
        IOException first = null;
        for (TakeSound sound : sounds) {
            try {
                sound.close();
            } catch (IOException e) {
                if (first == null) first = e;
            }
        }
        if (first != null) throw first;
    }
}
