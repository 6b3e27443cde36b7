package wavenet4j.cli.train;

import wavenet4j.cli.console.DurationText;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.loop.DryRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// What a dry run tells.
record DryRunReport(RunPlan plan, String device) {
    String text(DryRun rehearsal) throws IOException {
        TrainConfig.Training training = plan.config().training();
        int rate = plan.data().spec().sampleRate();
        var lines = new ArrayList<String>();
        lines.add(
                "recordings  %d to learn from (%s), %d held out (%s)"
                        .formatted(
                                plan.data().training().size(),
                                DurationText.of((double) rehearsal.targetsPerEpoch() / rate),
                                plan.data().heldOut().size(),
                                DurationText.of((double) rehearsal.heldOutTargets() / rate)));
        lines.add(
                "epoch       %,d steps of %d window%s of at most %,d samples"
                        .formatted(
                                rehearsal.stepsPerEpoch(),
                                training.batch(),
                                training.batch() == 1 ? "" : "s",
                                training.window()));
        lines.add(
                "speed       %,.0f samples/s on %s, %.2f s a step, %s an epoch (measured just now)"
                        .formatted(
                                rehearsal.samplesPerSecond(),
                                device,
                                rehearsal.secondsPerStep(),
                                DurationText.of(
                                        rehearsal.secondsPerStep() * rehearsal.stepsPerEpoch())));
        lines.add("run         " + end(training, rehearsal));
        lines.add("memory      " + memory());
        return String.join(System.lineSeparator(), lines);
    }

    private static String end(TrainConfig.Training training, DryRun rehearsal) {
        double perStep = rehearsal.secondsPerStep();
        double byTime = training.minutes() * 60;
        double bySteps = training.steps() * perStep;
        boolean timeDecides = training.steps() == 0 || (byTime > 0 && byTime < bySteps);
        double steps = timeDecides ? byTime / perStep : training.steps();
        return "about %,.0f steps in %s, %.1f epochs, without the looks at held-out recordings"
                .formatted(
                        steps,
                        DurationText.of(timeDecides ? byTime : bySteps),
                        steps / rehearsal.stepsPerEpoch());
    }

    /// The most memory the process held, Java's heap and PyTorch's tensors together. Only Linux
    /// tells.
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
