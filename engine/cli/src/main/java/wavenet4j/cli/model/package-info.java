/// The models, backends and labels that are named on a command line.
@NullMarked
package wavenet4j.cli.model;

import org.jspecify.annotations.NullMarked;
