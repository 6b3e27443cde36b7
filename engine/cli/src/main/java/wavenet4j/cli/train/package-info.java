/// `wavenet-train`.
@NullMarked
package wavenet4j.cli.train;

import org.jspecify.annotations.NullMarked;
