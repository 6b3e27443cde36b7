package wavenet4j.train.tensorboard;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.decode.AudioReader;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Evaluated;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.RolledBack;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.run.PreviewFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Writes a run's curves and previews for TensorBoard. Each start of the training has an event file
/// of its own, created with its first event.
public final class TensorBoard implements TrainingListener {
    private final Path run;
    private long startStep;
    private @Nullable EventFile file;
    private boolean realIsWritten;

    /// @param run the run's folder
    public TensorBoard(Path run) {
        this.run = run;
    }

    /// TensorBoard drops what earlier files have of later steps.
    @Override
    public void onStart(long step, String products, List<TrainingEvent> earlier) {
        startStep = step;
    }

    @Override
    public void onEvent(TrainingEvent event) throws IOException {
        switch (event) {
            case Progress p ->
                    file().append(
                                    p.step(),
                                    new Summary()
                                            .scalar("bits_per_sample/training", p.bits())
                                            .scalar("optimizer/learning_rate", p.rate())
                                            .scalar("optimizer/gradient_norm", p.norm())
                                            .scalar(
                                                    "speed/samples_per_second",
                                                    p.samplesPerSecond()));
            case Evaluated evaluated ->
                    file().append(
                                    evaluated.step(),
                                    new Summary()
                                            .scalar("bits_per_sample/held_out", evaluated.bits()));
            case Previewed previewed -> file().append(previewed.step(), takes(previewed));
            case RolledBack back -> file().restart(back.to() + 1);
            default -> {}
        }
    }

    private EventFile file() throws IOException {
        if (file == null) file = EventFile.create(run, startStep + 1);
        return file;
    }

    private Summary takes(Previewed previewed) throws IOException {
        var summary = new Summary();
        for (PreviewTake take : previewed.takes()) {
            add(
                    summary,
                    String.format(Locale.ROOT, "temperature_%.2f", take.temperature()),
                    run.resolve(take.file()));
        }
        if (!realIsWritten) add(summary, "real", run.resolve(PreviewFiles.REAL));
        realIsWritten = true;
        return summary;
    }

    private void add(Summary summary, String name, Path wav) throws IOException {
        summary.audio("take/" + name, AudioReader.read(wav), Files.readAllBytes(wav));
        summary.image(
                "spectrogram/" + name,
                PreviewFiles.PICTURE_WIDTH,
                PreviewFiles.PICTURE_HEIGHT,
                Files.readAllBytes(PreviewFiles.pictureOf(wav)));
    }
}
