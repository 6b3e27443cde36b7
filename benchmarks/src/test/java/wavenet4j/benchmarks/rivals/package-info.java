/// The rivals compute the same network.
@NullMarked
package wavenet4j.benchmarks.rivals;

import org.jspecify.annotations.NullMarked;
