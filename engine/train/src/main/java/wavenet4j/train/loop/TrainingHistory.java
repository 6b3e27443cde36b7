package wavenet4j.train.loop;

import org.jspecify.annotations.Nullable;

import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.SteppedBack;
import wavenet4j.train.event.TrainingEvent.Validated;

import java.util.ArrayList;
import java.util.List;

/// What has happened in a training, as far as its [TrainingDiagnosis] asks.
final class TrainingHistory {
    /// A look at the held-out recordings.
    ///
    /// @param heldOut bits per sample
    /// @param training bits per sample, the mean since the look before
    /// @param norm of the gradient, the mean since the look before
    /// @param setbacks since the look before
    record Look(long step, double heldOut, double training, double norm, int setbacks) {}

    private final List<Look> looks = new ArrayList<>();
    private final List<Progress> sinceLook = new ArrayList<>();
    private int setbacksSinceLook;
    private long step;
    private boolean ended;
    private double progress;
    private @Nullable Previewed previewed;

    void add(TrainingEvent event) {
        switch (event) {
            case Progress now -> {
                step = now.step();
                progress = now.progress();
                ended = false;
                sinceLook.add(now);
            }
            case Validated look -> {
                step = look.step();
                ended = progress >= 1;
                looks.add(
                        new Look(
                                step,
                                look.bits(),
                                sinceLook.stream()
                                        .mapToDouble(Progress::bits)
                                        .average()
                                        .orElse(Double.NaN),
                                sinceLook.stream()
                                        .mapToDouble(Progress::norm)
                                        .average()
                                        .orElse(Double.NaN),
                                setbacksSinceLook));
                sinceLook.clear();
                setbacksSinceLook = 0;
            }
            case SteppedBack back -> {
                step = back.to();
                looks.removeIf(look -> look.step() > back.to());
                sinceLook.clear();
                setbacksSinceLook++;
            }
            case Previewed takes -> previewed = takes;
            default -> {}
        }
    }

    /// All looks, the latest last.
    List<Look> looks() {
        return looks;
    }

    /// The latest so many looks, or all where there are fewer.
    List<Look> looks(int latest) {
        return looks.subList(Math.max(0, looks.size() - latest), looks.size());
    }

    /// The step that is reached.
    long step() {
        return step;
    }

    /// How far it is, from 0 to 1.
    double progress() {
        return progress;
    }

    /// Whether its last look is taken.
    boolean ended() {
        return ended;
    }

    int setbacksSinceLook() {
        return setbacksSinceLook;
    }

    /// The latest takes.
    @Nullable Previewed previewed() {
        return previewed;
    }
}
