@NullMarked
package wavenet4j.notes.counts;

import org.jspecify.annotations.NullMarked;
