/// The tests of the cpu backend.
@NullMarked
package wavenet4j.cpu;

import org.jspecify.annotations.NullMarked;
