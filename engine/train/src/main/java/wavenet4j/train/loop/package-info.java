/// The training loop, its previews and its diagnosis.
@NullMarked
package wavenet4j.train.loop;

import org.jspecify.annotations.NullMarked;
