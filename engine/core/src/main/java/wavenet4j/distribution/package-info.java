/// From logits to levels to amplitudes: quantizers, output distributions, sampling, random numbers.
@NullMarked
package wavenet4j.distribution;

import org.jspecify.annotations.NullMarked;
