/// Recordings as levels, in memory or in a file.
@NullMarked
package wavenet4j.train.levels;

import org.jspecify.annotations.NullMarked;
