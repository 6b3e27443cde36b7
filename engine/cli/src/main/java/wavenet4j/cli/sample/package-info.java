/// `wavenet-sample`.
@NullMarked
package wavenet4j.cli.sample;

import org.jspecify.annotations.NullMarked;
