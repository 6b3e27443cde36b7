/// Standard MIDI files: reading, with what is broken in them mended, and writing.
@NullMarked
package wavenet4j.notes.midi;

import org.jspecify.annotations.NullMarked;
