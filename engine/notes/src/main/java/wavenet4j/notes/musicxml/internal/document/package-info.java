/// From the bytes of a file to the elements of a MusicXML document, within limits.
@NullMarked
package wavenet4j.notes.musicxml.internal.document;

import org.jspecify.annotations.NullMarked;
