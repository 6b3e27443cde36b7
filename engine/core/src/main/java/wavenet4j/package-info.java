/// The network as data, its model file, the generator contract and the reference generator.
@NullMarked
package wavenet4j;

import org.jspecify.annotations.NullMarked;
