/// Forward and backward passes of gated layers by the Vector API.
@NullMarked
package wavenet4j.train.kernels;

import org.jspecify.annotations.NullMarked;
