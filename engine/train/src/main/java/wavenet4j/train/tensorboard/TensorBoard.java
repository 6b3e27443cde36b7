package wavenet4j.train.tensorboard;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.decode.AudioReader;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.SteppedBack;
import wavenet4j.train.event.TrainingEvent.Validated;
import wavenet4j.train.loop.Previews;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Keeps what TensorBoard shows of a run: curves, and the takes as sound and picture. Each sitting
/// has a file of its own, begun when there is something to say.
public final class TensorBoard {
    private final Path run;
    private long before;
    private @Nullable EventFile file;
    private boolean realIsTold;

    /// @param run the run's folder
    public TensorBoard(Path run) {
        this.run = run;
    }

    /// Says which step the sitting goes on from, if not from the beginning: whatever is there of
    /// later ones is shown no more.
    public void goOnFrom(long step) {
        before = step;
    }

    public void record(TrainingEvent event) throws IOException {
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
            case Validated look ->
                    file().append(
                                    look.step(),
                                    new Summary().scalar("bits_per_sample/held_out", look.bits()));
            case Previewed previewed -> file().append(previewed.step(), takes(previewed));
            case SteppedBack back -> file().restart(back.to() + 1);
            default -> {}
        }
    }

    private EventFile file() throws IOException {
        if (file == null) file = EventFile.begin(run, before + 1);
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
        if (!realIsTold) add(summary, "real", run.resolve(Previews.FOLDER, Previews.REAL + ".wav"));
        realIsTold = true;
        return summary;
    }

    private void add(Summary summary, String name, Path wav) throws IOException {
        summary.audio("take/" + name, AudioReader.read(wav), Files.readAllBytes(wav));
        summary.image(
                "spectrogram/" + name,
                Previews.PICTURE_WIDTH,
                Previews.PICTURE_HEIGHT,
                Files.readAllBytes(Previews.pictureOf(wav)));
    }
}
