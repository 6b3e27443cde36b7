package wavenet4j.train;

import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.report.ReportWriter;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.tensorboard.TensorBoard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The listeners that write to a run's folder.
public final class RunListeners {
    private RunListeners() {}

    /// A listener that passes events to others and then writes the event log, the files for
    /// TensorBoard and the report.
    ///
    /// @param commands writes a command and its arguments in a line for a shell, for the report
    /// @param others such as a console
    public static TrainingListener of(
            RunFolder run,
            TrainConfig config,
            Function<List<String>, String> commands,
            TrainingListener... others) {
        var all = new ArrayList<>(List.of(others));
        all.add(run.log()::append);
        all.add(new TensorBoard(run.folder()));
        all.add(new ReportWriter(run.folder(), config, commands));
        return TrainingListener.all(all);
    }
}
