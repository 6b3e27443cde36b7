/// Matrix products, gates and the pick by the Vector API, and their scalar twins.
@NullMarked
package wavenet4j.cpu.internal.kernels;

import org.jspecify.annotations.NullMarked;
