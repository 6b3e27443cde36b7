/// From a MusicXML document to a score: what each part has in each measure, the order in which
/// measures are played, and the score that this gives.
@NullMarked
package wavenet4j.notes.musicxml.internal.reading;

import org.jspecify.annotations.NullMarked;
