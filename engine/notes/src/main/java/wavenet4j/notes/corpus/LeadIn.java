package wavenet4j.notes.corpus;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.grid.GridResolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Moves bar lines to where the music begins, in files that begin with grace notes: some programs
/// give these a time of their own and count bars from it, so that no note lies on a beat.
final class LeadIn {
    /// In which beats and all their usual divisions are whole, in steps a quarter.
    private static final int FINEST = 24;

    private static final Fraction STEP = Fraction.of(1, FINEST);

    private LeadIn() {}

    /// The score with the bar lines where its notes have them.
    static ReadScore mended(ReadScore read) {
        Score score = read.score();
        double moved = GridResolution.moved(List.of(score), FINEST);
        if (moved < 0.5) return read;
        List<Note> notes =
                score.parts().stream()
                        .filter(part -> !part.percussion())
                        .flatMap(part -> part.notes().stream())
                        .sorted()
                        .toList();
        var counts = new HashMap<Fraction, Integer>();
        for (Note note : notes) counts.merge(note.onset().modulo(STEP), 1, Integer::sum);
        Map.Entry<Fraction, Integer> most =
                counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        Fraction first =
                notes.stream()
                        .map(Note::onset)
                        .filter(onset -> onset.modulo(STEP).equals(most.getKey()))
                        .findFirst()
                        .orElseThrow();
        if (first.sign() == 0 || first.compareTo(Fraction.ONE) >= 0) return read;
        Score mended = withBarAt(first, score);
        if (GridResolution.moved(List.of(mended), FINEST) > moved / 2) return read;
        var remarks = new ArrayList<>(read.remarks());
        remarks.add(
                "its first bar line is moved to quarter %s, after grace notes that take time"
                        .formatted(first));
        return new ReadScore(mended, remarks);
    }

    private static Score withBarAt(Fraction onset, Score score) {
        Timeline timeline = score.timeline();
        var meters = new ArrayList<>(timeline.meters());
        Meter meter = timeline.meterAt(onset);
        meters.add(new Meter(onset, meter.beats(), meter.unit()));
        return new Score(
                score.credits(),
                new Timeline(meters, timeline.tempos(), timeline.keys()),
                score.chords(),
                score.parts(),
                score.fermatas(),
                score.end());
    }
}
