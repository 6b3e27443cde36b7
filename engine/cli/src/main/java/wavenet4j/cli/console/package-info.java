/// What every command shares: the console, progress, interruption, errors.
@NullMarked
package wavenet4j.cli.console;

import org.jspecify.annotations.NullMarked;
