@NullMarked
package wavenet4j.notes.picture;

import org.jspecify.annotations.NullMarked;
