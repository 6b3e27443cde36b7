/// The models, backends and labels that a command is given.
@NullMarked
package wavenet4j.cli.model;

import org.jspecify.annotations.NullMarked;
