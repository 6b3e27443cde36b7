/// Variable-order Markov models of token sequences, and exact draws from them under constraints.
@NullMarked
package wavenet4j.notes.markov;

import org.jspecify.annotations.NullMarked;
