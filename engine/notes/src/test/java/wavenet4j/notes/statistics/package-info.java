@NullMarked
package wavenet4j.notes.statistics;

import org.jspecify.annotations.NullMarked;
