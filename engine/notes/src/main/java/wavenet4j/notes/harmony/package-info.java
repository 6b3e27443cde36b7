/// Harmony: chord symbols as text, the tones of chords, keys, transposition, and what a score plays
/// as chords and as melody.
@NullMarked
package wavenet4j.notes.harmony;

import org.jspecify.annotations.NullMarked;
