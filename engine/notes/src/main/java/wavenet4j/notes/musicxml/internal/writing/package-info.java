/// From a score to a MusicXML document: notes in voices without overlaps, cut at bar lines into
/// lengths that note types have.
@NullMarked
package wavenet4j.notes.musicxml.internal.writing;

import org.jspecify.annotations.NullMarked;
