package wavenet4j.train.device;

import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.network.Loss;

import java.io.Closeable;

/// What computes the steps of a training, until it is closed.
///
/// @param loss of the network
/// @param kernels that compute it; [Kernels#AUTO] on a GPU
/// @param description of their products in some words
/// @param reason for the kernels, or the empty string
/// @param setting of PyTorch's products meanwhile
public record Computation(
        Loss loss, Kernels kernels, String description, String reason, MatmulSetting setting)
        implements Closeable {
    /// The products in a line, with the reason for the kernels.
    public String describe() {
        return reason.isEmpty() ? description : description + " (" + reason + ")";
    }

    @Override
    public void close() {
        setting.close();
    }
}
