package wavenet4j.train.loop;

import wavenet4j.distribution.Distribution;
import wavenet4j.train.event.TrainingEvent;

import java.util.Locale;

/// What came of a step.
///
/// @param bits per sample of its batch, before the step
/// @param samples that it learned from
/// @param norm of the gradient before clipping
record StepResult(double bits, long samples, double norm) {
    /// This many bits more than knowing nothing costs, and the network is worse than that by far.
    private static final double EXPLODED = 4;

    boolean healthy(Distribution output) {
        return Double.isFinite(norm) && bits < output.uniformBits() + EXPLODED;
    }

    TrainingEvent steppedBack(long from, long to, double rateScale) {
        String reason =
                Double.isFinite(bits) && Double.isFinite(norm)
                        ? String.format(Locale.ROOT, "the loss rose to %.1f bits per sample", bits)
                        : "the loss or its gradient is no number";
        return new TrainingEvent.SteppedBack(from, to, rateScale, reason);
    }
}
