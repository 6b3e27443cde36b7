@NullMarked
package wavenet4j.notebooks;

import org.jspecify.annotations.NullMarked;
