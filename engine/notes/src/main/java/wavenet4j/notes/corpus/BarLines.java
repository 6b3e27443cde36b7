package wavenet4j.notes.corpus;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.grid.GridResolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Moves bar lines to where the music has them, in files that count bars from their first note
/// though they begin with a pickup or with grace notes, as MIDI files mostly do.
final class BarLines {
    /// In which beats and all their usual divisions are whole, in steps a quarter.
    private static final int FINEST = 24;

    private static final Fraction STEP = Fraction.of(1, FINEST);

    private static final Fraction EIGHTH = Fraction.of(1, 2);

    /// By how much more of the chord symbols, and of all that sounds, must begin bars.
    private static final double CLEARLY = 0.1;

    private static final Comparator<Map.Entry<Fraction, Double>> EARLIEST =
            Map.Entry.<Fraction, Double>comparingByKey().reversed();

    private BarLines() {}

    /// The score with the bar lines where its notes have them, and what was moved among its
    /// remarks. A score that says more than one meter is taken at its word.
    static ReadScore mended(ReadScore read) {
        if (read.score().timeline().meters().size() > 1) return read;
        Optional<Fraction> graces = afterGraceNotes(read.score());
        if (graces.isPresent()) {
            return moved(
                    read,
                    graces.get(),
                    "its first bar line is moved to quarter %s, after grace notes that take time");
        }
        return afterPickup(read.score())
                .map(pickup ->
                        moved(
                                read,
                                pickup,
                                "its first bar line is moved to quarter %s, after a pickup"))
                .orElse(read);
    }

    private static ReadScore moved(ReadScore read, Fraction bar, String remark) {
        var remarks = new ArrayList<>(read.remarks());
        remarks.add(remark.formatted(bar));
        return new ReadScore(withBarAt(bar, read.score()), remarks);
    }

    /// Where the first bar begins if grace notes at the beginning have a time of their own, so that
    /// hardly any note lies on a division of a beat.
    private static Optional<Fraction> afterGraceNotes(Score score) {
        double moved = GridResolution.moved(List.of(score), FINEST);
        if (moved < 0.5) return Optional.empty();
        List<Fraction> onsets = notes(score).stream().map(Note::onset).sorted().toList();
        var counts = new HashMap<Fraction, Integer>();
        for (Fraction onset : onsets) counts.merge(onset.modulo(STEP), 1, Integer::sum);
        Fraction late =
                counts.entrySet().stream()
                        .max(
                                Map.Entry.<Fraction, Integer>comparingByValue()
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .orElseThrow()
                        .getKey();
        return onsets.stream()
                .filter(onset -> onset.modulo(STEP).equals(late))
                .findFirst()
                .filter(onset -> onset.sign() > 0 && onset.compareTo(Fraction.ONE) < 0)
                .filter(onset -> {
                    var mended = List.of(withBarAt(onset, score));
                    return GridResolution.moved(mended, FINEST) <= moved / 2;
                });
    }

    /// Where the first bar begins if most chords change, and most long notes begin, at another
    /// place than the bar lines. Without chord symbols that is too uncertain.
    private static Optional<Fraction> afterPickup(Score score) {
        if (score.chords().isEmpty()) return Optional.empty();
        Fraction bar = score.timeline().meters().getFirst().length();
        var weights = new HashMap<Fraction, Double>();
        for (ChordSymbol symbol : score.chords()) {
            weights.merge(symbol.onset().modulo(bar), 1. / score.chords().size(), Double::sum);
        }
        List<Note> notes = notes(score);
        double sum = notes.stream().mapToDouble(note -> note.length().toDouble()).sum();
        for (Note note : notes) {
            double share = note.length().toDouble() / sum;
            weights.merge(note.onset().modulo(bar), share, Double::sum);
        }
        double now = weights.getOrDefault(Fraction.ZERO, 0.);
        return weights.entrySet().stream()
                .filter(place -> place.getKey().modulo(EIGHTH).sign() == 0)
                .max(Map.Entry.<Fraction, Double>comparingByValue().thenComparing(EARLIEST))
                .filter(place -> place.getValue() - now >= CLEARLY)
                .map(Map.Entry::getKey);
    }

    private static List<Note> notes(Score score) {
        return score.parts().stream()
                .filter(part -> !part.percussion())
                .flatMap(part -> part.notes().stream())
                .filter(note -> !note.isGrace())
                .toList();
    }

    private static Score withBarAt(Fraction onset, Score score) {
        Timeline timeline = score.timeline();
        var meters = new ArrayList<>(timeline.meters());
        Meter meter = timeline.meterAt(onset);
        meters.add(new Meter(onset, meter.beats(), meter.unit()));
        return score.withTimeline(new Timeline(meters, timeline.tempos(), timeline.keys()));
    }
}
