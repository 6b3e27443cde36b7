package wavenet4j.train.loop;

import org.jspecify.annotations.Nullable;

import wavenet4j.distribution.Distribution;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.DatasetStatistics;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Judged;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Validated;
import wavenet4j.train.event.Verdict;
import wavenet4j.train.loop.TrainingHistory.Look;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Listens to a training and says how it goes, whenever that changes and at the end.
final class TrainingDiagnosis {
    private static final double MOSTLY_SILENT = 0.5;
    private static final double TOO_MUCH_FULL_SCALE = 0.01;
    private static final int SETBACKS = 2;
    private static final double EXPLODED_NORM = 10; // times what it mostly was
    private static final int RISING_LOOKS = 4;
    private static final double RISE = 0.01; // bits
    private static final double NEXT_TO_NOTHING = 0.9; // of what knowing nothing costs
    private static final int GOOD_WHILE = 4; // looks
    private static final double SILENT_TAKE = 0.9;
    private static final double COLD_STARTS = 0.15; // share of windows, as in the presets
    private static final double NOISY_TAKE = 0.5; // flatness
    private static final int TO_LEVEL_OFF = 3; // looks
    private static final double STILL_FALLING = 0.05; // bits, over so many looks
    private static final int PLATEAU_LOOKS = 8;
    private static final double PLATEAU_GAIN = 0.005; // bits
    private static final double RATE_IS_HIGH = 0.8; // of the progress

    private record Finding(Verdict verdict, String sentence, String remedy) {}

    private interface Rule {
        /// What it finds, or null.
        @Nullable Finding apply();
    }

    private final TrainConfig.Training config;
    private final DatasetStatistics material;
    private final double ignorance; // bits per sample of knowing nothing
    private final TrainingHistory course = new TrainingHistory();
    private @Nullable Verdict verdict;

    /// The first that finds something is right.
    private final List<Rule> rules =
            List.of(
                    this::silentCorpus,
                    this::clipping,
                    this::diverging,
                    this::overfitting,
                    this::ignorant,
                    this::silence,
                    this::noise,
                    this::endedEarly,
                    this::plateau,
                    this::learning);

    TrainingDiagnosis(
            TrainConfig.Training config, Distribution output, DatasetStatistics material) {
        this.config = config;
        this.material = material;
        ignorance = output.uniformBits();
    }

    /// Takes in what happened, and judges where that says something new.
    Optional<Judged> hear(TrainingEvent event) {
        course.add(event);
        for (Rule rule : rules) {
            Finding found = rule.apply();
            if (found == null) continue;
            boolean end = event instanceof Validated && course.ended();
            if (found.verdict == verdict && !end) break;
            verdict = found.verdict;
            return Optional.of(
                    new Judged(course.step(), found.verdict, found.sentence, found.remedy));
        }
        return Optional.empty();
    }

    /// What the recordings are like is said at the beginning: it never changes.
    private boolean begins() {
        return course.looks().isEmpty();
    }

    private @Nullable Finding silentCorpus() {
        if (!begins() || material.silentShare() <= MOSTLY_SILENT) return null;
        return new Finding(
                Verdict.SILENT_CORPUS,
                say("%.0f %% of what is learned from is silence.", 100 * material.silentShare()),
                "data.trimDb: -50 cuts silence off the ends of recordings, data.normalize: true"
                        + " makes quiet ones loud.");
    }

    private @Nullable Finding clipping() {
        if (!begins() || material.fullScaleShare() <= TOO_MUCH_FULL_SCALE) return null;
        return new Finding(
                Verdict.CLIPPING,
                say(
                        "%.1f %% of what is learned from is at full scale: recordings are cut off"
                                + " there.",
                        100 * material.fullScaleShare()),
                "Record anew at a lower level or leave such recordings out; the takes would crackle"
                        + " as they do.");
    }

    private @Nullable Finding diverging() {
        int setbacks =
                course.setbacksSinceLook()
                        + course.looks(1).stream().mapToInt(Look::setbacks).sum();
        String seen = null;
        if (setbacks >= SETBACKS) {
            seen = say("Training went wrong %d times and had to go back.", setbacks);
        } else if (course.looks().size() >= GOOD_WHILE) {
            double norm = course.looks().getLast().norm();
            double[] before =
                    course.looks().stream()
                            .limit(course.looks().size() - 1L)
                            .mapToDouble(Look::norm)
                            .sorted()
                            .toArray();
            double mostly = before[before.length / 2];
            if (norm > EXPLODED_NORM * mostly && norm > config.clipNorm()) {
                seen = say("The gradient's norm rose to %.1f, and was mostly %.2f.", norm, mostly);
            }
        }
        if (seen == null) return null;
        return new Finding(
                Verdict.DIVERGING,
                seen,
                say(
                        "If it does not calm down, begin anew with a training.learningRate below"
                                + " %s.",
                        config.learningRate()));
    }

    private @Nullable Finding overfitting() {
        List<Look> looks = course.looks(RISING_LOOKS);
        if (looks.size() < RISING_LOOKS) return null;
        for (int i = 1; i < looks.size(); i++) {
            if (looks.get(i).heldOut() <= looks.get(i - 1).heldOut()) return null;
        }
        Look first = looks.getFirst();
        Look last = looks.getLast();
        double rise = last.heldOut() - first.heldOut();
        if (rise < RISE || !(last.training() < first.training())) return null;
        return new Finding(
                Verdict.OVERFITTING,
                say(
                        "Since step %,d the held-out recordings rose by %.3f to %.3f bits, while"
                                + " training fell by %.3f to %.3f.",
                        first.step(),
                        rise,
                        last.heldOut(),
                        first.training() - last.training(),
                        last.training()),
                "The best model is kept, so it may as well end; more recordings or a smaller"
                        + " network would carry on.");
    }

    private @Nullable Finding ignorant() {
        if (course.looks().size() < GOOD_WHILE || course.step() < 2L * config.warmupSteps()) {
            return null;
        }
        double bits = course.looks().getLast().heldOut();
        if (bits < NEXT_TO_NOTHING * ignorance) return null;
        return new Finding(
                Verdict.UNDERTRAINED,
                say(
                        "After %,d steps the held-out recordings cost %.2f bits per sample, and"
                                + " knowing nothing costs %.0f.",
                        course.step(), bits, ignorance),
                say(
                        "A higher training.learningRate than %s may help, unless the recordings are"
                                + " noise.",
                        config.learningRate()));
    }

    private @Nullable Finding silence() {
        Previewed takes = course.previewed();
        if (takes == null || material.real().silentShare() > MOSTLY_SILENT) return null;
        double least = takes.takes().stream().mapToDouble(PreviewTake::silentShare).min().orElse(0);
        if (least <= SILENT_TAKE) return null;
        return new Finding(
                Verdict.SILENCE,
                say(
                        "All takes of step %,d are silence, %.0f %% or more.",
                        takes.step(), 100 * least),
                config.coldStarts() < COLD_STARTS
                        ? say(
                                "Takes begin in silence, which training.coldStarts: %s (now %s)"
                                        + " teaches to leave.",
                                COLD_STARTS, config.coldStarts())
                        : "Takes begin in silence, which is learned to be left late: give it more"
                                + " steps.");
    }

    private @Nullable Finding noise() {
        Previewed takes = course.previewed();
        if (takes == null) return null;
        double least = takes.takes().stream().mapToDouble(PreviewTake::flatness).min().orElse(0);
        double real = material.real().flatness();
        if (least <= Math.max(NOISY_TAKE, 2 * real)) return null;
        return new Finding(
                Verdict.NOISE,
                say(
                        "All takes of step %,d are close to white noise: their flatness is %.2f or"
                                + " more, the recordings' %.2f.",
                        takes.step(), least, real),
                "Every training begins so: give it more steps.");
    }

    private @Nullable Finding endedEarly() {
        if (!course.ended()) return null;
        List<Look> looks = course.looks(TO_LEVEL_OFF);
        Look last = looks.getLast();
        double fall = looks.getFirst().heldOut() - last.heldOut();
        if (looks.size() == TO_LEVEL_OFF && fall <= STILL_FALLING) return null;
        return new Finding(
                Verdict.UNDERTRAINED,
                looks.size() < TO_LEVEL_OFF
                        ? say(
                                "It ended at %.3f bits per sample after %,d steps, too few to level"
                                        + " off.",
                                last.heldOut(), last.step())
                        : say(
                                "It ended at %.3f bits per sample, still falling: by %.3f since"
                                        + " step %,d.",
                                last.heldOut(), fall, looks.getFirst().step()),
                "The run can go on, with more training.minutes or training.steps.");
    }

    private @Nullable Finding plateau() {
        // Later a low rate alone makes it level off.
        List<Look> looks = course.looks();
        if (course.progress() >= RATE_IS_HIGH || looks.size() <= PLATEAU_LOOKS) return null;
        double before = fewest(looks.subList(0, looks.size() - PLATEAU_LOOKS));
        double since = fewest(course.looks(PLATEAU_LOOKS));
        if (before - since >= PLATEAU_GAIN) return null;
        return new Finding(
                Verdict.PLATEAU,
                say(
                        "For %d looks the held-out recordings got no better than %.3f bits per"
                                + " sample, %.3f before them.",
                        PLATEAU_LOOKS, since, before),
                say(
                        "A lower training.learningRate than %s, more recordings or a larger network"
                                + " would bring more than more steps.",
                        config.learningRate()));
    }

    private @Nullable Finding learning() {
        List<Look> looks = course.looks(TO_LEVEL_OFF);
        if (looks.isEmpty()) return null;
        double bits = looks.getLast().heldOut();
        String seen =
                say(
                        "The held-out recordings cost %.3f bits per sample, where knowing nothing"
                                + " costs %.0f",
                        bits, ignorance);
        if (looks.size() > 1) {
            seen += say("; %.3f at step %,d", looks.getFirst().heldOut(), looks.getFirst().step());
        }
        return new Finding(
                Verdict.LEARNING,
                seen + ".",
                course.ended()
                        ? "It has levelled off, as every run does while its rate falls: a longer"
                                + " one, a larger network or more recordings bring more."
                        : "Let it go on.");
    }

    private static double fewest(List<Look> looks) {
        return looks.stream().mapToDouble(Look::heldOut).min().orElseThrow();
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
    private static String say(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
