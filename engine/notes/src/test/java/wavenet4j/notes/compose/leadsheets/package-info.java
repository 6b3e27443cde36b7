@NullMarked
package wavenet4j.notes.compose.leadsheets;

import org.jspecify.annotations.NullMarked;
