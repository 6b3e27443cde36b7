/// Lead sheets, melodies with chords, composed by a Markov model of notes.
@NullMarked
package wavenet4j.notes.compose.leadsheets;

import org.jspecify.annotations.NullMarked;
