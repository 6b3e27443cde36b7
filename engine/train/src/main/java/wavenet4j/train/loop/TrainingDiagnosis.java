package wavenet4j.train.loop;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.distribution.Distribution;
import wavenet4j.train.config.TrainingConfig;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Diagnosed;
import wavenet4j.train.event.TrainingEvent.Evaluated;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.Verdict;
import wavenet4j.train.facts.DatasetStatistics;
import wavenet4j.train.loop.TrainingHistory.Evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Derives from the events of a training how it goes, by rules of thumb. A diagnosis is an event
/// where the verdict changes, and at the end of the schedule.
final class TrainingDiagnosis {
    private static final double MOSTLY_SILENT = 0.5;
    private static final double TOO_MUCH_FULL_SCALE = 0.01;
    private static final int MANY_ROLLBACKS = 2;
    private static final double EXPLODED_NORM = 10; // times the median
    private static final int RISING_EVALUATIONS = 4;
    private static final double RISE = 0.01; // bits
    private static final double HARDLY_BELOW_UNIFORM = 0.9; // of the uniform distribution's bits
    private static final int ENOUGH_EVALUATIONS = 4;
    private static final double COLD_STARTS = 0.15; // share of windows, as in the presets
    private static final int TO_LEVEL_OFF = 3; // evaluations
    private static final double STILL_FALLING = 0.05; // bits, over so many evaluations
    private static final int PLATEAU_EVALUATIONS = 8;
    private static final double PLATEAU_GAIN = 0.005; // bits
    private static final double RATE_IS_HIGH = 0.8; // of the progress

    private record Finding(Verdict verdict, String sentence, String remedy) {}

    private interface Rule {
        /// Its finding, or null.
        @Nullable Finding apply();
    }

    private final TrainingConfig config;
    private final boolean excerpts;
    private final DatasetStatistics data;
    private final double uniformBits;
    private final TrainingHistory history = new TrainingHistory();
    private @Nullable Verdict verdict;

    /// In order of precedence: the first finding is the diagnosis.
    private final List<Rule> rules =
            List.of(
                    this::silentCorpus,
                    this::clipping,
                    this::diverging,
                    this::overfitting,
                    this::hardlyLearning,
                    this::unsound,
                    this::endedEarly,
                    this::plateau,
                    this::learning);

    /// @param excerpts whether models may keep excerpts of the recordings
    TrainingDiagnosis(
            TrainingConfig config,
            boolean excerpts,
            Distribution distribution,
            DatasetStatistics data) {
        this.config = config;
        this.excerpts = excerpts;
        this.data = data;
        uniformBits = distribution.uniformBits();
    }

    /// Adds an event.
    ///
    /// @return the new diagnosis, where there is one
    Optional<Diagnosed> update(TrainingEvent event) {
        history.add(event);
        for (Rule rule : rules) {
            Finding found = rule.apply();
            if (found == null) continue;
            boolean end = event instanceof Evaluated && history.ended();
            if (found.verdict == verdict && !end) break;
            verdict = found.verdict;
            return Optional.of(
                    new Diagnosed(history.step(), found.verdict, found.sentence, found.remedy));
        }
        return Optional.empty();
    }

    /// Findings about the recordings never change, so they are made before the first evaluation
    /// only.
    private boolean begins() {
        return history.evaluations().isEmpty();
    }

    private @Nullable Finding silentCorpus() {
        if (!begins() || data.silentShare() <= MOSTLY_SILENT) return null;
        return new Finding(
                Verdict.SILENT_CORPUS,
                format("%.0f %% of the training samples are silence.", 100 * data.silentShare()),
                "data.trimDb: -50 cuts silence off the ends of recordings, data.normalize: true"
                        + " makes quiet ones loud.");
    }

    private @Nullable Finding clipping() {
        if (!begins() || data.fullScaleShare() <= TOO_MUCH_FULL_SCALE) return null;
        return new Finding(
                Verdict.CLIPPING,
                format(
                        "%.1f %% of the training samples are at full scale: the recordings are"
                                + " clipped.",
                        100 * data.fullScaleShare()),
                "Leave clipped recordings out or record them again at a lower level; takes crackle"
                        + " as the recordings do.");
    }

    private @Nullable Finding diverging() {
        int rollbacks =
                history.rollbacksSinceEvaluation()
                        + history.evaluations(1).stream().mapToInt(Evaluation::rollbacks).sum();
        String seen = null;
        if (rollbacks >= MANY_ROLLBACKS) {
            seen = format("The loss exploded %d times, and training went back.", rollbacks);
        } else if (history.evaluations().size() >= ENOUGH_EVALUATIONS) {
            double norm = history.evaluations().getLast().norm();
            double[] before =
                    history.evaluations().stream()
                            .limit(history.evaluations().size() - 1L)
                            .mapToDouble(Evaluation::norm)
                            .sorted()
                            .toArray();
            double median = before[before.length / 2];
            if (norm > EXPLODED_NORM * median && norm > config.optimizer().clipNorm()) {
                seen =
                        format(
                                "The gradient's norm rose to %.1f; its median was %.2f.",
                                norm, median);
            }
        }
        if (seen == null) return null;
        return new Finding(
                Verdict.DIVERGING,
                seen,
                format(
                        "If that does not pass, start a new run with a training.learningRate below"
                                + " %s.",
                        config.schedule().learningRate()));
    }

    private @Nullable Finding overfitting() {
        List<Evaluation> evaluations = history.evaluations(RISING_EVALUATIONS);
        if (evaluations.size() < RISING_EVALUATIONS) return null;
        for (int i = 1; i < evaluations.size(); i++) {
            if (evaluations.get(i).heldOut() <= evaluations.get(i - 1).heldOut()) return null;
        }
        Evaluation first = evaluations.getFirst();
        Evaluation last = evaluations.getLast();
        double rise = last.heldOut() - first.heldOut();
        if (rise < RISE || !(last.training() < first.training())) return null;
        return new Finding(
                Verdict.OVERFITTING,
                format(
                        "Since step %,d the held-out loss rose by %.3f to %.3f bits per sample,"
                                + " while the training loss fell by %.3f to %.3f.",
                        first.step(),
                        rise,
                        last.heldOut(),
                        first.training() - last.training(),
                        last.training()),
                "The best model is kept, so the run may be stopped; more recordings or a smaller"
                        + " network overfit later.");
    }

    private @Nullable Finding hardlyLearning() {
        if (history.evaluations().size() < ENOUGH_EVALUATIONS
                || history.step() < 2L * config.schedule().warmupSteps()) {
            return null;
        }
        double bits = history.evaluations().getLast().heldOut();
        if (bits < HARDLY_BELOW_UNIFORM * uniformBits) return null;
        return new Finding(
                Verdict.UNDERTRAINED,
                format(
                        "After %,d steps the held-out loss is %.2f bits per sample, hardly below"
                                + " the %.0f of a uniform distribution.",
                        history.step(), bits, uniformBits),
                format(
                        "A higher training.learningRate than %s may help, unless the recordings are"
                                + " noise.",
                        config.schedule().learningRate()));
    }

    /// All takes of the latest previews have a fault; the first take's is named.
    private @Nullable Finding unsound() {
        Previewed previewed = history.previewed();
        if (previewed == null
                || previewed.takes().isEmpty()
                || (history.ended() && previewed.step() < history.step()) // older ones
                || previewed.takes().stream().anyMatch(take -> take.faults().isEmpty())) {
            return null;
        }
        SoundFault fault = previewed.takes().getFirst().faults().getFirst();
        return new Finding(
                verdict(fault),
                format(
                        "No take of step %,d sounds as the recordings do: that at temperature %.2f"
                                + " %s.",
                        previewed.step(),
                        previewed.takes().getFirst().temperature(),
                        fault.words()),
                remedy(fault));
    }

    private static Verdict verdict(SoundFault fault) {
        return switch (fault) {
            case SILENCE, QUIET -> Verdict.SILENCE;
            case NOISE -> Verdict.NOISE;
            case ONE_LEVEL, OFFSET, FEW_LEVELS, ONE_PERIOD, FULL_SCALE -> Verdict.STUCK;
        };
    }

    private String remedy(SoundFault fault) {
        return switch (fault) {
            case NOISE -> "Every training begins so: train for more steps.";
            case FULL_SCALE -> "Train for more steps; until then a lower temperature helps.";
            case SILENCE, QUIET, ONE_LEVEL, OFFSET, FEW_LEVELS, ONE_PERIOD -> helpToBegin();
        };
    }

    private String helpToBegin() {
        var settings = new ArrayList<String>();
        if (config.batches().coldStarts() < COLD_STARTS) {
            settings.add(
                    format(
                            "training.coldStarts: %s (now %s)",
                            COLD_STARTS, config.batches().coldStarts()));
        }
        if (!excerpts) settings.add("data.excerpts: true (now false)");
        if (settings.isEmpty()) return "Train for more steps.";
        return format(
                "Train for more steps; %s %s takes to begin.",
                String.join(" and ", settings), settings.size() == 1 ? "helps" : "help");
    }

    private @Nullable Finding endedEarly() {
        if (!history.ended()) return null;
        List<Evaluation> evaluations = history.evaluations(TO_LEVEL_OFF);
        Evaluation last = evaluations.getLast();
        double fall = evaluations.getFirst().heldOut() - last.heldOut();
        if (evaluations.size() == TO_LEVEL_OFF && fall <= STILL_FALLING) return null;
        return new Finding(
                Verdict.UNDERTRAINED,
                evaluations.size() < TO_LEVEL_OFF
                        ? format(
                                "The held-out loss ended at %.3f bits per sample after %,d steps,"
                                        + " too few to level off.",
                                last.heldOut(), last.step())
                        : format(
                                "The held-out loss ended at %.3f bits per sample, still falling: by"
                                        + " %.3f since step %,d.",
                                last.heldOut(), fall, evaluations.getFirst().step()),
                "Resume the run with more training.minutes or training.steps.");
    }

    private @Nullable Finding plateau() {
        // Later a low learning rate alone makes the loss level off.
        List<Evaluation> evaluations = history.evaluations();
        if (history.progress() >= RATE_IS_HIGH || evaluations.size() <= PLATEAU_EVALUATIONS)
            return null;
        double before = fewest(evaluations.subList(0, evaluations.size() - PLATEAU_EVALUATIONS));
        double since = fewest(history.evaluations(PLATEAU_EVALUATIONS));
        if (before - since >= PLATEAU_GAIN) return null;
        return new Finding(
                Verdict.PLATEAU,
                format(
                        "In the last %d evaluations the held-out loss fell to no less than %.3f"
                                + " bits per sample, from %.3f before them.",
                        PLATEAU_EVALUATIONS, since, before),
                format(
                        "Try a lower training.learningRate than %s, more recordings or a larger"
                                + " network, rather than more steps.",
                        config.schedule().learningRate()));
    }

    private @Nullable Finding learning() {
        List<Evaluation> evaluations = history.evaluations(TO_LEVEL_OFF);
        if (evaluations.isEmpty()) return null;
        double bits = evaluations.getLast().heldOut();
        String seen =
                format(
                        "The held-out loss is %.3f bits per sample (uniform distribution: %.0f)",
                        bits, uniformBits);
        if (evaluations.size() > 1) {
            seen +=
                    format(
                            "; it was %.3f at step %,d",
                            evaluations.getFirst().heldOut(), evaluations.getFirst().step());
        }
        return new Finding(
                Verdict.LEARNING,
                seen + ".",
                history.ended()
                        ? "It has levelled off, as every run does while its learning rate falls: a"
                                + " longer run, a larger network or more recordings may do better."
                        : "Let it go on.");
    }

    private static double fewest(List<Evaluation> evaluations) {
        return evaluations.stream().mapToDouble(Evaluation::heldOut).min().orElseThrow();
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
    private static String format(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
