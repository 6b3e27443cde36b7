/// The HTML report of a run.
@NullMarked
package wavenet4j.train.report;

import org.jspecify.annotations.NullMarked;
