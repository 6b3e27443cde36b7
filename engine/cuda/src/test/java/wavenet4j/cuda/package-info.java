/// The tests of the cuda backend; most need no card, as a stub of the driver stands in for it.
@NullMarked
package wavenet4j.cuda;

import org.jspecify.annotations.NullMarked;
