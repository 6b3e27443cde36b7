package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.PartName;
import org.audiveris.proxymusic.ScorePart;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.musicxml.internal.Remarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a score from a MusicXML document.
public final class ScoreReader {
    private static final long MOST_NOTES = 2_000_000;

    private final Remarks remarks = new Remarks();

    private ScoreReader() {}

    /// Reads a document.
    ///
    /// @param file for messages
    /// @throws ScoreException when it is no MusicXML, or damaged beyond use
    public static ReadScore read(Path file, byte[] bytes) throws ScoreException {
        try {
            return new ScoreReader().read(bytes);
        } catch (Document.Unreadable e) {
            throw new ScoreException(file, e.problem(), e);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new ScoreException(
                    file,
                    "holds what no score has (%s); save it again, or leave it out"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private ReadScore read(byte[] bytes) throws Document.Unreadable {
        Document document = Document.of(Container.document(bytes, remarks), remarks);
        int count = document.parts().getFirst().measures().size();
        var marks = new ArrayList<Marks>();
        for (int i = 0; i < count; i++) marks.add(new Marks());
        var written = new ArrayList<List<PartMeasure>>();
        var instruments = new ArrayList<Instruments>();
        for (Document.Staves staves : document.parts()) {
            instruments.add(Instruments.of(staves.listed(), remarks));
            written.add(
                    new PartReader(instruments.getLast(), marks, remarks).read(staves.measures()));
        }
        List<Integer> order = PlayingOrder.of(marks, remarks);
        var performance = new Performance(Measures.of(written, remarks), order, remarks);
        requireBounded(written, order);
        var parts = new ArrayList<Part>();
        for (int p = 0; p < written.size(); p++) {
            String name = document.parts().get(p).listed().map(ScoreReader::name).orElse("");
            parts.add(part(name, instruments.get(p), written.get(p), order, performance.onsets()));
        }
        Fraction end =
                parts.stream()
                        .flatMap(part -> part.notes().stream())
                        .map(Note::end)
                        .reduce(performance.end(), Fraction::max);
        var score =
                new Score(
                        document.credits(),
                        performance.timeline(),
                        performance.chords(),
                        parts,
                        performance.fermatas(),
                        end);
        return new ReadScore(score, remarks.sentences());
    }

    private static void requireBounded(List<List<PartMeasure>> written, List<Integer> order) {
        long notes = 0;
        for (List<PartMeasure> part : written) {
            for (int number : order) {
                PartMeasure measure = part.get(number);
                notes += measure.notes.size() + measure.lyrics.size() + measure.pedal.size();
            }
        }
        if (notes > MOST_NOTES) {
            throw new IllegalArgumentException(
                    "its repeats make %,d notes of it, more than %,d".formatted(notes, MOST_NOTES));
        }
    }

    private static String name(ScorePart part) {
        PartName name = part.getPartName();
        return name == null || name.getValue() == null ? "" : name.getValue();
    }

    private Part part(
            String name,
            Instruments instruments,
            List<PartMeasure> measures,
            List<Integer> order,
            List<Fraction> onsets) {
        var notes = new ArrayList<PartMeasure.WrittenNote>();
        var pedal = new ArrayList<Part.Pedal>();
        for (int i = 0; i < order.size(); i++) {
            PartMeasure measure = measures.get(order.get(i));
            Fraction onset = onsets.get(i);
            for (PartMeasure.WrittenNote note : measure.notes) notes.add(later(note, onset));
            for (Part.Pedal move : measure.pedal) {
                pedal.add(new Part.Pedal(onset.plus(move.onset()), move.value()));
            }
        }
        return new Part(
                name,
                instruments.program(),
                instruments.percussion() || isUnpitched(measures),
                Ties.join(notes),
                Verses.sung(measures, order, onsets, remarks),
                pedal);
    }

    private static boolean isUnpitched(List<PartMeasure> measures) {
        List<PartMeasure.WrittenNote> notes =
                measures.stream().flatMap(measure -> measure.notes.stream()).toList();
        return !notes.isEmpty() && notes.stream().allMatch(PartMeasure.WrittenNote::unpitched);
    }

    private static PartMeasure.WrittenNote later(PartMeasure.WrittenNote written, Fraction by) {
        Note note = written.note();
        return new PartMeasure.WrittenNote(
                new Note(
                        note.onset().plus(by),
                        note.length(),
                        note.key(),
                        note.name(),
                        note.velocity(),
                        note.voice()),
                written.voice(),
                written.unpitched(),
                written.continues(),
                written.goesOn());
    }
}
