/// Exact count models as a measure of how predictable a kind of music is: bits on pieces that were
/// not counted.
@NullMarked
package wavenet4j.notes.counts;

import org.jspecify.annotations.NullMarked;
