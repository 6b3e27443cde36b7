/// The tests of the nd4j backend.
@NullMarked
package wavenet4j.nd4j;

import org.jspecify.annotations.NullMarked;
