/// The training loop and what it calls.
@NullMarked
package wavenet4j.train.loop;

import org.jspecify.annotations.NullMarked;
