/// Music as notes: a score, and what it consists of. Times are in quarter notes from its beginning.
@NullMarked
package wavenet4j.notes;

import org.jspecify.annotations.NullMarked;
