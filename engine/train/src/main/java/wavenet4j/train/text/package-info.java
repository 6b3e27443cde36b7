/// Texts that people write: what is wrong in one, and where.
@NullMarked
package wavenet4j.train.text;

import org.jspecify.annotations.NullMarked;
