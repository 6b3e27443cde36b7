/// Loops on the Vector API: matrix products, activations and losses on Java's arrays, and the gated
/// layers' activations on PyTorch's.
@NullMarked
package wavenet4j.train.kernels;

import org.jspecify.annotations.NullMarked;
