/// Contracts that every backend passes, and small models to test with.
@NullMarked
package wavenet4j.testing;

import org.jspecify.annotations.NullMarked;
