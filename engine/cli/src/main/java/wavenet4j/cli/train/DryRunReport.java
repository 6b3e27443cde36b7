package wavenet4j.cli.train;

import wavenet4j.cli.console.DurationText;
import wavenet4j.train.config.ScheduleConfig;
import wavenet4j.train.config.TrainingConfig;
import wavenet4j.train.loop.DryRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// The text of a dry run.
///
/// @param device it was measured on
record DryRunReport(RunPlan plan, String device) {
    String text(DryRun dryRun) throws IOException {
        TrainingConfig training = plan.config().training();
        int rate = plan.data().spec().sampleRate();
        var lines = new ArrayList<String>();
        double learned = (double) dryRun.targetsPerEpoch() / rate;
        lines.add(
                "recordings  %d to learn from (%s), %d held out (%s)"
                        .formatted(
                                plan.data().training().size(),
                                length(learned),
                                plan.data().heldOut().size(),
                                length((double) dryRun.heldOutTargets() / rate)));
        lines.add(
                "epoch       %,d steps of %d window%s of at most %,d samples"
                        .formatted(
                                dryRun.stepsPerEpoch(),
                                training.batches().size(),
                                training.batches().size() == 1 ? "" : "s",
                                training.batches().window()));
        lines.add(
                "speed       %,.0f samples/s on %s, %.2f s a step, %s an epoch (measured just now)"
                        .formatted(
                                dryRun.samplesPerSecond(),
                                device,
                                dryRun.secondsPerStep(),
                                DurationText.of(dryRun.secondsPerStep() * dryRun.stepsPerEpoch())));
        lines.add("products    " + dryRun.products());
        lines.add("run         " + end(training.schedule(), dryRun));
        lines.add("memory      " + memory());
        if (!plan.presetIsChosen()) {
            Proposal proposal = Proposal.of(learned, plan.data().training().size(), rate);
            lines.add(
                    "try         --config %s --minutes %d: %s"
                            .formatted(proposal.preset(), proposal.minutes(), proposal.reason()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String length(double seconds) {
        return seconds < 10 ? "%.2f s".formatted(seconds) : DurationText.of(seconds);
    }

    private static String end(ScheduleConfig schedule, DryRun dryRun) {
        double perStep = dryRun.secondsPerStep();
        double byTime = schedule.minutes() * 60;
        double bySteps = schedule.steps() * perStep;
        boolean timeDecides = schedule.steps() == 0 || (byTime > 0 && byTime < bySteps);
        double steps = timeDecides ? byTime / perStep : schedule.steps();
        return "about %,.0f steps in %s, %.1f epochs, without the evaluations"
                .formatted(
                        steps,
                        DurationText.of(timeDecides ? byTime : bySteps),
                        steps / dryRun.stepsPerEpoch());
    }

    /// The peak memory of the process, Java's heap and PyTorch's tensors included. Known on Linux
    /// only.
    private static String memory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) return "not measured on this system";
        for (String line : Files.readAllLines(status)) {
            if (!line.startsWith("VmHWM:")) continue;
            long kibibytes = Long.parseLong(line.replaceAll("\\D", ""));
            return "%.1f GB at most so far".formatted(kibibytes / 1e6 * 1.024);
        }
        return "not measured on this system";
    }
}
