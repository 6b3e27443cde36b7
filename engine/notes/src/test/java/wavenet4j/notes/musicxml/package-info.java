@NullMarked
package wavenet4j.notes.musicxml;

import org.jspecify.annotations.NullMarked;
