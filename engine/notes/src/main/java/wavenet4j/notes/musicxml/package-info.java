/// MusicXML, plain and compressed, read and written as a [wavenet4j.notes.Score].
@NullMarked
package wavenet4j.notes.musicxml;

import org.jspecify.annotations.NullMarked;
