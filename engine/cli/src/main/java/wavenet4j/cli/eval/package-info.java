/// `wavenet-eval`.
@NullMarked
package wavenet4j.cli.eval;

import org.jspecify.annotations.NullMarked;
