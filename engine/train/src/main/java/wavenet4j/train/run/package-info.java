/// The folder of a run, and what a new run starts from.
@NullMarked
package wavenet4j.train.run;

import org.jspecify.annotations.NullMarked;
