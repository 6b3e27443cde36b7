package wavenet4j.cli.train;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.run.RunFolder;

import java.io.IOException;
import java.nio.file.Path;

/// A training run before it starts.
///
/// @param folder where it is kept
/// @param start the weights a new run begins with; null for one that is there already
/// @param presetIsChosen whether the configuration was named
/// @param recordings the folder that `data` was read from
record RunPlan(
        Path folder,
        @Nullable Weights start,
        boolean presetIsChosen,
        Path recordings,
        TrainConfig config,
        Dataset data) {

    /// Begins the run, or opens it.
    RunFolder open() throws IOException {
        return start == null
                ? RunFolder.open(folder, config, recordings, data)
                : RunFolder.create(folder, config, recordings, data, start);
    }

    /// The network in a line.
    String describeNetwork() {
        ModelSpec spec = data.spec();
        int labels = spec.labels().names().size();
        return "%,d parameters, %d layers, %s, receptive field %,d samples = %.0f ms at %d Hz%s"
                .formatted(
                        spec.parameters(),
                        spec.layers(),
                        spec.distribution().describe(),
                        spec.receptiveField(),
                        1000.0 * spec.receptiveField() / spec.sampleRate(),
                        spec.sampleRate(),
                        labels == 0 ? "" : ", " + labels + " labels");
    }
}
