/// The console, progress, interruption and errors of all commands.
@NullMarked
package wavenet4j.cli.console;

import org.jspecify.annotations.NullMarked;
