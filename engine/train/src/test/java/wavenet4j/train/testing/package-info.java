/// Small runs to test with.
@NullMarked
package wavenet4j.train.testing;

import org.jspecify.annotations.NullMarked;
