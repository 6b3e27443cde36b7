@NullMarked
package wavenet4j.notes;

import org.jspecify.annotations.NullMarked;
