/// Composing in the style of a corpus under constraints.
@NullMarked
package wavenet4j.notes.compose;

import org.jspecify.annotations.NullMarked;
