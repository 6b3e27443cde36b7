/// `wavenet-compose`.
@NullMarked
package wavenet4j.cli.compose;

import org.jspecify.annotations.NullMarked;
