/// The checks of a card, proved able to pass and to fail on the emulated one.
@NullMarked
package wavenet4j.cuda;

import org.jspecify.annotations.NullMarked;
