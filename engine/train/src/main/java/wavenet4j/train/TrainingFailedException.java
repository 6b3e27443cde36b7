package wavenet4j.train;

import java.util.Locale;

/// Training that goes wrong again and again, however low its rate.
public final class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingFailedException(long step, StepResult result) {
        super(
                String.format(
                        Locale.ROOT,
                        "the loss keeps exploding at step %d (%.1f bits per sample) although the"
                                + " learning rate was lowered again and again; start with a lower"
                                + " training.learningRate",
                        step,
                        result.bits()));
    }
}
