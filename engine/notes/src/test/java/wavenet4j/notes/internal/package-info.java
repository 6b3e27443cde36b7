@NullMarked
package wavenet4j.notes.internal;

import org.jspecify.annotations.NullMarked;
