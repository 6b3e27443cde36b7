package wavenet4j.train.loop;

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.device.OutOfDeviceMemoryException;

import java.util.Locale;

/// A training that cannot continue: its loss explodes however low the learning rate, or the device
/// has too little memory however small the micro-batches.
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

    TrainingFailedException(long step, ModelSpec spec, OutOfDeviceMemoryException e) {
        super(
                String.format(
                        Locale.ROOT,
                        "the memory does not suffice for a single window after step %,d, which is"
                                + " saved (%s); free memory, or lower training.window or"
                                + " network.channels (%,d parameters, %d layers)",
                        step,
                        e.getMessage(),
                        spec.parameters(),
                        spec.layers()),
                e);
    }

    TrainingFailedException(TrainingState saved, OutOfDeviceMemoryException e) {
        super(
                String.format(
                        Locale.ROOT,
                        "the memory does not suffice even without a batch (%s); step %,d is saved:"
                                + " free memory and resume the run",
                        e.getMessage(),
                        saved.step()),
                e);
    }
}
