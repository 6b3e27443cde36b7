@NullMarked
package wavenet4j.notes.compose.voices;

import org.jspecify.annotations.NullMarked;
