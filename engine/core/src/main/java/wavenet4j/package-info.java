/// Models, takes, and the running streams that generate them.
@NullMarked
package wavenet4j;

import org.jspecify.annotations.NullMarked;
