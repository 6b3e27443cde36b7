package wavenet4j.train.loop;

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.device.OutOfDeviceMemoryException;

import java.util.Locale;

/// Training that cannot go on: it goes wrong again and again however low its rate, or the device
/// has too little memory however small the parts.
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
                        "the memory does not suffice for what is no part of a batch (%s); step %,d"
                                + " is saved: free memory and go on from there",
                        e.getMessage(),
                        saved.step()),
                e);
    }
}
