/// Checks that every package of this module shares.
@NullMarked
package wavenet4j.internal;

import org.jspecify.annotations.NullMarked;
