/// What reading and writing MusicXML share.
@NullMarked
package wavenet4j.notes.musicxml.internal;

import org.jspecify.annotations.NullMarked;
