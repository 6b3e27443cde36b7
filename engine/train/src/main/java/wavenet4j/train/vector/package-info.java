/// The network on a processor's vector units, forward and backward, without PyTorch.
@NullMarked
package wavenet4j.train.vector;

import org.jspecify.annotations.NullMarked;
