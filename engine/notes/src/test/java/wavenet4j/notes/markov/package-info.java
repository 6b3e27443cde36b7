@NullMarked
package wavenet4j.notes.markov;

import org.jspecify.annotations.NullMarked;
