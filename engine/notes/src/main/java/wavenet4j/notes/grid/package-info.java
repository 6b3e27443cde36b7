/// Scores as lanes of tokens in equal steps, for models of sequences, and back.
@NullMarked
package wavenet4j.notes.grid;

import org.jspecify.annotations.NullMarked;
