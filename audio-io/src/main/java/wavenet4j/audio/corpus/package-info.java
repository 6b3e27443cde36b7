/// A folder of recordings: which files, how much, what is cut.
@NullMarked
package wavenet4j.audio.corpus;

import org.jspecify.annotations.NullMarked;
