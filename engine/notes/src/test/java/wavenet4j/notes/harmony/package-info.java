@NullMarked
package wavenet4j.notes.harmony;

import org.jspecify.annotations.NullMarked;
