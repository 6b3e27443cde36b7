/// The entry point of the commands.
@NullMarked
package wavenet4j.cli;

import org.jspecify.annotations.NullMarked;
