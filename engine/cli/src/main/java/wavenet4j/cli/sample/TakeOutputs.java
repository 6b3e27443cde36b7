package wavenet4j.cli.sample;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.audio.out.Speaker;
import wavenet4j.cli.console.Console;
import wavenet4j.distribution.Quantizer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The outputs of takes that are generated together.
final class TakeOutputs implements AutoCloseable {
    private final Quantizer quantizer;
    private final List<TakeOutput> outputs = new ArrayList<>();

    /// Opens the files for writing.
    ///
    /// @param speaker plays the first; null where nothing is played
    TakeOutputs(List<TakeFile> files, ModelSpec spec, Console console, @Nullable Speaker speaker)
            throws IOException {
        quantizer = spec.quantizer();
        try {
            for (TakeFile file : files) {
                var writer = file.open(console, spec.sampleRate());
                outputs.add(
                        new TakeOutput(
                                spec.sampleRate(), writer, outputs.isEmpty() ? speaker : null));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Appends the sound of `levels[take][0, count)`.
    void add(int[][] levels, int count) throws IOException {
        var samples = new float[count];
        for (int n = 0; n < outputs.size(); n++) {
            for (int i = 0; i < count; i++) samples[i] = quantizer.decode(levels[n][i]);
            outputs.get(n).add(samples, count);
        }
    }

    TakeOutput get(int take) {
        return outputs.get(take);
    }

    /// Completes all files.
    @Override
    public void close() throws IOException {
        IOException first = null;
        for (TakeOutput output : outputs) {
            try {
                output.close();
            } catch (IOException e) {
                if (first == null) first = e;
            }
        }
        if (first != null) throw first;
    }
}
