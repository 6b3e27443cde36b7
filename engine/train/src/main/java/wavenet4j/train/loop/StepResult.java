package wavenet4j.train.loop;

import wavenet4j.distribution.Distribution;
import wavenet4j.train.event.TrainingEvent;

import java.util.Locale;

/// The result of an optimizer step.
///
/// @param bits the loss of its batch before the step, in bits per sample
/// @param samples the training targets in its batch
/// @param norm of the gradient before clipping
/// @param rate the learning rate
record StepResult(double bits, long samples, double norm, double rate) {
    /// Bits per sample above the loss of a uniform distribution that no healthy step reaches.
    private static final double EXPLODED = 4;

    /// Whether the gradient is finite and the loss not far above that of a uniform distribution.
    boolean isHealthy(Distribution distribution) {
        return Double.isFinite(norm) && bits < distribution.uniformBits() + EXPLODED;
    }

    /// The event that such a step has sent the training back from one step to another.
    TrainingEvent.RolledBack rolledBack(long from, long to, double rateScale) {
        String reason =
                Double.isFinite(bits) && Double.isFinite(norm)
                        ? String.format(Locale.ROOT, "the loss rose to %.1f bits per sample", bits)
                        : "the loss or its gradient was not finite";
        return new TrainingEvent.RolledBack(from, to, rateScale, reason);
    }
}
