/// From the elements of a MusicXML document to what each part has in each measure.
@NullMarked
package wavenet4j.notes.musicxml.internal.reading;

import org.jspecify.annotations.NullMarked;
