package wavenet4j.train.loop;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.data.WindowSampler;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.run.RunFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// The size of an epoch and the speed of training, measured on some steps in a temporary run.
///
/// @param stepsPerEpoch optimizer steps in an epoch
/// @param targetsPerEpoch training targets in an epoch
/// @param heldOutTargets targets in the held-out recordings
/// @param samplesPerSecond training targets per second
/// @param products how the matrix products are computed, and why so
public record DryRun(
        long stepsPerEpoch,
        long targetsPerEpoch,
        long heldOutTargets,
        double samplesPerSecond,
        String products) {
    private static final double ENOUGH_SECONDS = 4;
    private static final double TOO_MANY_SECONDS = 40;
    private static final double STILL_GETTING_FASTER = 1.1;

    /// Trains for a few seconds and measures.
    ///
    /// @param folder for a run, which its owner deletes
    /// @throws IOException when the folder cannot be written
    public static DryRun of(TrainConfig config, Dataset data, TrainingDevice device, Path folder)
            throws IOException {
        var run = RunFolder.create(folder, config, folder, data);
        var progress = new AtomicReference<TrainingEvent.Progress>();
        var products = new AtomicReference<>("");
        TrainingListener listener =
                new TrainingListener() {
                    @Override
                    public void onStart(long step, String line, List<TrainingEvent> earlier) {
                        if (products.get().isEmpty()) products.set(line); // the first pass chose
                    }

                    @Override
                    public void onEvent(TrainingEvent event) {
                        if (event instanceof TrainingEvent.Progress p) progress.set(p);
                    }
                };
        // The first steps are slow while Java compiles: each pass doubles the steps, until that
        // makes them hardly faster, and the last pass counts.
        double before = 0;
        for (int steps = 2; ; steps *= 2) {
            long start = System.nanoTime();
            TrainConfig pass = endingAfter(steps, config);
            new TrainingLoop(pass, data, device, run, listener).run();
            double seconds = (System.nanoTime() - start) * 1e-9;
            double speed = progress.get().samplesPerSecond();
            boolean steady = speed < STILL_GETTING_FASTER * before;
            if ((steady && seconds > ENOUGH_SECONDS) || seconds > TOO_MANY_SECONDS) break;
            before = speed;
        }
        return new DryRun(
                new WindowSampler(data.spec(), data.training(), config.training())
                        .batchesPerEpoch(),
                targets(data.training(), data.spec()),
                targets(data.heldOut(), data.spec()),
                progress.get().samplesPerSecond(),
                products.get());
    }

    /// Seconds per optimizer step.
    public double secondsPerStep() {
        return (double) targetsPerEpoch / stepsPerEpoch / samplesPerSecond;
    }

    /// Samples that can be a target: those after a whole receptive field.
    private static long targets(List<EncodedRecording> recordings, ModelSpec spec) {
        return recordings.stream()
                .mapToLong(r -> r.levels().length() - spec.receptiveField())
                .sum();
    }

    private static TrainConfig endingAfter(int steps, TrainConfig config) {
        return TrainConfig.parse(
                config.toYaml(),
                Map.of(
                        "training.steps", Integer.toString(steps),
                        "training.minutes", "0",
                        "training.patience", "0",
                        "training.previews.every", "0",
                        "training.validationWindows", "1"));
    }
}
