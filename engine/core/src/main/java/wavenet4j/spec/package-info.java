/// The shape of a network, by family: trunk, head, conditioning, and the tensors they need.
@NullMarked
package wavenet4j.spec;

import org.jspecify.annotations.NullMarked;
