@NullMarked
package wavenet4j.notes.corpus;

import org.jspecify.annotations.NullMarked;
