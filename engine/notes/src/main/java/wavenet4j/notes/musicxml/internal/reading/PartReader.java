package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Attributes;
import org.audiveris.proxymusic.Backup;
import org.audiveris.proxymusic.Barline;
import org.audiveris.proxymusic.Direction;
import org.audiveris.proxymusic.FiguredBass;
import org.audiveris.proxymusic.Forward;
import org.audiveris.proxymusic.Harmony;
import org.audiveris.proxymusic.Note;
import org.audiveris.proxymusic.Sound;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.document.Document;
import wavenet4j.notes.musicxml.internal.playing.Marks;
import wavenet4j.notes.musicxml.internal.playing.PartMeasure;

import java.util.ArrayList;
import java.util.List;

/// Reads the measures of a part in the order in which they are written.
final class PartReader {
    private final Attribution attributes;
    private final NoteReader notes;
    private final HarmonyReader harmonies;
    private final DirectionReader directions;
    private final List<Marks> marks;
    private final Remarks remarks;

    /// A reader for one part.
    ///
    /// @param marks of each measure, to which those of this part are added
    PartReader(Instruments instruments, List<Marks> marks, Remarks remarks) {
        this.marks = marks;
        this.remarks = remarks;
        this.attributes = new Attribution(remarks);
        var loudness = new Loudness();
        this.notes = new NoteReader(instruments, attributes, loudness, remarks);
        this.harmonies = new HarmonyReader(attributes, remarks);
        this.directions = new DirectionReader(attributes, loudness, remarks);
    }

    List<PartMeasure> read(List<Document.Measure> measures) {
        var read = new ArrayList<PartMeasure>();
        for (Document.Measure measure : measures) {
            var into = new PartMeasure();
            for (Object element : measure.content()) read(element, into, read.size());
            harmonies.place(into, Fraction.ZERO);
            notes.endMeasure(into);
            read.add(into);
        }
        directions.endPart(marks);
        return read;
    }

    private void read(Object element, PartMeasure measure, int number) {
        switch (element) {
            case Note note -> {
                boolean moves = note.getChord() == null && note.getGrace() == null;
                if (moves) harmonies.place(measure, attributes.length(note.getDuration()));
                notes.read(note, measure);
            }
            case Backup backup -> {
                harmonies.place(measure, Fraction.ZERO);
                Fraction distance = attributes.length(backup.getDuration());
                if (!measure.move(Fraction.ZERO.minus(distance))) {
                    remarks.happened("backup", "beyond its measure's beginning, and cut there");
                }
            }
            case Forward forward -> {
                harmonies.place(measure, attributes.length(forward.getDuration()));
                if (!measure.move(attributes.length(forward.getDuration()))) {
                    remarks.happened("backup", "beyond its measure's beginning, and cut there");
                }
            }
            case Attributes changed -> attributes.read(changed, measure);
            case Direction direction -> directions.read(direction, measure, number, marks);
            case Sound sound -> directions.read(sound, measure, marks.get(number));
            case Harmony harmony -> harmonies.read(harmony, measure);
            case Barline barline -> BarlineReader.read(barline, marks, number, remarks);
            case FiguredBass _ -> remarks.leftOut("figured bass figure");
            default -> {} // of the page, or of other programs
        }
    }
}
