/// The network in training: forward pass, loss and gradients, by autograd or by fused kernels.
@NullMarked
package wavenet4j.train.network;

import org.jspecify.annotations.NullMarked;
