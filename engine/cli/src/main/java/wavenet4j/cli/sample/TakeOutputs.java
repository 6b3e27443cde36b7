package wavenet4j.cli.sample;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.audio.out.Speaker;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.Outputs;
import wavenet4j.distribution.Quantizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The outputs of takes that are generated together. Closed before they are finished, they keep
/// what was made, beside earlier files of their names.
final class TakeOutputs implements AutoCloseable {
    private final List<TakeFile> files;
    private final Console console;
    private final Quantizer quantizer;
    private final List<TakeOutput> outputs = new ArrayList<>();
    private boolean finished;

    /// What is done to an output.
    private interface Action {
        void on(TakeOutput output) throws IOException;
    }

    /// Opens the files for writing; waits for the reader of a pipe.
    ///
    /// @param speaker plays the first; null where nothing is played
    TakeOutputs(List<TakeFile> files, ModelSpec spec, Console console, @Nullable Speaker speaker)
            throws IOException {
        this.files = files;
        this.console = console;
        quantizer = spec.quantizer();
        try {
            for (TakeFile file : files) {
                Speaker heard = outputs.isEmpty() ? speaker : null;
                outputs.add(file.open(console, spec.sampleRate(), heard));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Appends the sound of `levels[take][0, count)`.
    ///
    /// @throws IOException when it cannot be written, with the file's name
    void add(int[][] levels, int count) throws IOException {
        var samples = new float[count];
        for (int n = 0; n < outputs.size(); n++) {
            for (int i = 0; i < count; i++) samples[i] = quantizer.decode(levels[n][i]);
            onOne(n, output -> output.add(samples, count));
        }
    }

    TakeOutput get(int take) {
        return outputs.get(take);
    }

    /// Completes all files, then puts them in their places.
    ///
    /// @throws IOException when one cannot be written, with its name
    void finish() throws IOException {
        for (int n = 0; n < outputs.size(); n++) onOne(n, TakeOutput::complete);
        finished = true;
        for (int n = 0; n < outputs.size(); n++) onOne(n, TakeOutput::finish);
    }

    private void onOne(int take, Action action) throws IOException {
        try {
            action.on(outputs.get(take));
        } catch (IOException e) {
            Path file = files.get(take).wav();
            throw file == null ? Outputs.unwritable(e) : Outputs.unwritable(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (finished) return;
        for (TakeOutput output : outputs) {
            String kept = output.keep();
            if (!kept.isEmpty()) console.log("kept", kept);
        }
    }
}
