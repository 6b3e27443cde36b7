/// Commands run as processes, and small models, to test with.
@NullMarked
package wavenet4j.cli.testing;

import org.jspecify.annotations.NullMarked;
