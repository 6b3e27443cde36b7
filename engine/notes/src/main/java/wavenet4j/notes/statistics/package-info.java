/// Statistics of scores and corpora: voice leading, style, and what a melody shares with others.
@NullMarked
package wavenet4j.notes.statistics;

import org.jspecify.annotations.NullMarked;
