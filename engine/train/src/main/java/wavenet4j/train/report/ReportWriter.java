package wavenet4j.train.report;

import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingListener;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// Rewrites the [Report] of a run after each step with an evaluation, a preview, a rollback or a
/// new diagnosis, and after the last step.
public final class ReportWriter implements TrainingListener {
    private final Path run;
    private final TrainConfig config;
    private final Function<List<String>, String> commands;
    private Metrics metrics = new Metrics();
    private boolean outdated;

    /// @param run the run's folder
    /// @param commands writes a command and its arguments in a line for a shell
    public ReportWriter(Path run, TrainConfig config, Function<List<String>, String> commands) {
        this.run = run;
        this.config = config;
        this.commands = commands;
    }

    @Override
    public void onStart(long step, String products, List<TrainingEvent> earlier) {
        metrics = Metrics.of(earlier);
    }

    @Override
    public void onEvent(TrainingEvent event) {
        metrics.add(event);
        outdated |=
                switch (event) {
                    case TrainingEvent.Evaluated _,
                            TrainingEvent.Previewed _,
                            TrainingEvent.RolledBack _,
                            TrainingEvent.TemperatureChosen _,
                            TrainingEvent.Stopped _,
                            TrainingEvent.Diagnosed _ ->
                            true;
                    case TrainingEvent.DeviceUsed _,
                            TrainingEvent.Progress _,
                            TrainingEvent.Resumed _,
                            TrainingEvent.Saved _,
                            TrainingEvent.MicroBatchHalved _ ->
                            false;
                };
    }

    @Override
    public void onStepEnd(boolean last) throws IOException {
        if (!outdated && !last) return;
        Report.write(run, config, metrics, commands);
        outdated = false;
    }
}
