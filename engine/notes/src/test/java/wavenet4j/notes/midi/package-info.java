@NullMarked
package wavenet4j.notes.midi;

import org.jspecify.annotations.NullMarked;
