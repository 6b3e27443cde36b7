/// Composing several voices at once, as in chorales.
@NullMarked
package wavenet4j.notes.compose.voices;

import org.jspecify.annotations.NullMarked;
