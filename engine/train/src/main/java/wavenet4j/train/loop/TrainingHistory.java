package wavenet4j.train.loop;

import org.jspecify.annotations.Nullable;

import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Evaluated;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.RolledBack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The events of a training so far, as a [TrainingDiagnosis] needs them.
final class TrainingHistory {
    /// An evaluation on the held-out recordings.
    ///
    /// @param heldOut the loss there, in bits per sample
    /// @param training the mean training loss since the evaluation before, in bits per sample
    /// @param norm the mean norm of the gradient since the evaluation before
    /// @param rollbacks since the evaluation before
    record Evaluation(long step, double heldOut, double training, double norm, int rollbacks) {}

    private final List<Evaluation> evaluations = new ArrayList<>();
    private final List<Progress> sinceEvaluation = new ArrayList<>();
    private int rollbacksSinceEvaluation;
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
                sinceEvaluation.add(now);
            }
            case Evaluated now -> {
                step = now.step();
                ended = progress >= 1;
                evaluations.add(
                        new Evaluation(
                                step,
                                now.bits(),
                                mean(Progress::bits),
                                mean(Progress::norm),
                                rollbacksSinceEvaluation));
                sinceEvaluation.clear();
                rollbacksSinceEvaluation = 0;
            }
            case RolledBack back -> {
                step = back.to();
                evaluations.removeIf(evaluation -> evaluation.step() > back.to());
                sinceEvaluation.clear();
                rollbacksSinceEvaluation++;
            }
            case Previewed takes -> previewed = takes;
            default -> {}
        }
    }

    private double mean(ToDoubleFunction<Progress> value) {
        return sinceEvaluation.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /// All evaluations, the latest last.
    List<Evaluation> evaluations() {
        return evaluations;
    }

    /// The latest evaluations, at most so many.
    List<Evaluation> evaluations(int most) {
        return evaluations.subList(Math.max(0, evaluations.size() - most), evaluations.size());
    }

    /// The step that the training has reached.
    long step() {
        return step;
    }

    /// The share of the schedule that is done, from 0 to 1.
    double progress() {
        return progress;
    }

    /// Whether the evaluation at the end of the schedule is there.
    boolean ended() {
        return ended;
    }

    int rollbacksSinceEvaluation() {
        return rollbacksSinceEvaluation;
    }

    /// The latest previews.
    @Nullable Previewed previewed() {
        return previewed;
    }
}
