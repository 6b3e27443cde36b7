/// Reading score files of every kind, and folders of them.
@NullMarked
package wavenet4j.notes.corpus;

import org.jspecify.annotations.NullMarked;
