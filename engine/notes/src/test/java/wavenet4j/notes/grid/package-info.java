@NullMarked
package wavenet4j.notes.grid;

import org.jspecify.annotations.NullMarked;
