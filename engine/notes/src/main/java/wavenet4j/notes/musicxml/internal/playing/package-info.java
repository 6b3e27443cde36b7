/// From what each part has in each measure to a score, repeats and jumps played out.
@NullMarked
package wavenet4j.notes.musicxml.internal.playing;

import org.jspecify.annotations.NullMarked;
