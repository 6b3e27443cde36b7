package wavenet4j.notes.musicxml.internal.playing;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.List;

/// A score from its measures, in the order in which they are played.
public final class PlayedScore {
    private static final long MOST_NOTES = 500_000;

    private final List<Integer> order;
    private final Performance performance;
    private final Remarks remarks;

    /// A part as written.
    ///
    /// @param program of General MIDI, from 0
    /// @param percussion whether keys are drums
    public record WrittenPart(
            String name, int program, boolean percussion, List<PartMeasure> measures) {}

    private PlayedScore(List<WrittenPart> parts, List<Marks> marks, Remarks remarks) {
        this.remarks = remarks;
        this.order = PlayingOrder.of(marks, remarks);
        List<List<PartMeasure>> measures = parts.stream().map(WrittenPart::measures).toList();
        this.performance = new Performance(Measures.of(measures, remarks), order, remarks);
    }

    /// The score.
    ///
    /// @param parts all of as many measures as there are marks
    /// @param marks of each measure
    /// @throws IllegalArgumentException when repeats make too much of it
    public static Score of(
            Score.Credits credits, List<WrittenPart> parts, List<Marks> marks, Remarks remarks) {
        return new PlayedScore(parts, marks, remarks).score(credits, parts);
    }

    private Score score(Score.Credits credits, List<WrittenPart> written) {
        requireBounded(written);
        List<Part> parts = written.stream().map(this::part).toList();
        Fraction end =
                parts.stream()
                        .flatMap(part -> part.notes().stream())
                        .map(Note::end)
                        .reduce(performance.end(), Fraction::max);
        return new Score(
                credits,
                performance.timeline(),
                performance.chords(),
                parts,
                performance.fermatas(),
                end);
    }

    private void requireBounded(List<WrittenPart> parts) {
        long notes = 0;
        for (WrittenPart part : parts) {
            for (int number : order) {
                PartMeasure measure = part.measures.get(number);
                notes += measure.notes.size() + measure.lyrics.size() + measure.pedal.size();
            }
        }
        if (notes > MOST_NOTES) {
            throw new IllegalArgumentException(
                    "its repeats make %,d notes of it, more than %,d".formatted(notes, MOST_NOTES));
        }
    }

    private Part part(WrittenPart part) {
        var notes = new ArrayList<PartMeasure.WrittenNote>();
        var pedal = new ArrayList<Part.Pedal>();
        List<Fraction> onsets = performance.onsets();
        for (int i = 0; i < order.size(); i++) {
            PartMeasure measure = part.measures.get(order.get(i));
            Fraction onset = onsets.get(i);
            for (PartMeasure.WrittenNote note : measure.notes) notes.add(later(note, onset));
            for (Part.Pedal move : measure.pedal) {
                pedal.add(new Part.Pedal(onset.plus(move.onset()), move.value()));
            }
        }
        return new Part(
                part.name,
                part.program,
                part.percussion || isUnpitched(part.measures),
                Ties.join(notes),
                Verses.sung(part.measures, order, onsets, remarks),
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
                note.withOnset(note.onset().plus(by)),
                written.voice(),
                written.unpitched(),
                written.continues(),
                written.goesOn());
    }
}
