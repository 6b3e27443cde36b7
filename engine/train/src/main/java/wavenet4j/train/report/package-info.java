/// The report of a run: curves, sounds and measures on one page.
@NullMarked
package wavenet4j.train.report;

import org.jspecify.annotations.NullMarked;
