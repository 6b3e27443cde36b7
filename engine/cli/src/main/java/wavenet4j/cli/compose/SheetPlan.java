package wavenet4j.cli.compose;

import wavenet4j.notes.Bar;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.Request.Given;
import wavenet4j.notes.harmony.KeyFinder;
import wavenet4j.notes.harmony.MelodyFinder;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The form of a sheet to compose and what is kept of a given one.
record SheetPlan(Form form, Optional<Given> given) {
    /// Of a sheet that is all new.
    static SheetPlan blank(Form form) {
        return new SheetPlan(form, Optional.empty());
    }

    /// Of a partial sheet: the bars without notes are composed, and the chords of those without
    /// chord symbols.
    static SheetPlan fill(Score score, int bars, Optional<KeySignature> key) {
        Form form = form(score, bars, key);
        Score melody = melodyAlone(score);
        Set<Integer> sounding =
                bars(
                        score,
                        melody.parts().stream()
                                .flatMap(part -> part.notes().stream())
                                .map(Note::onset)
                                .toList());
        Set<Integer> withChords =
                bars(score, score.chords().stream().map(ChordSymbol::onset).toList());
        withChords.addAll(sounding); // where the chord before goes on
        return new SheetPlan(form, Optional.of(new Given(melody, sounding, withChords)));
    }

    /// Of a tune that goes on.
    static SheetPlan after(Score score, int more, Optional<KeySignature> key) {
        int all = score.bars().size();
        Set<Integer> kept = IntStream.range(0, all).boxed().collect(Collectors.toSet());
        Form form = form(score, wholeBars(score) + more, key);
        return new SheetPlan(form, Optional.of(new Given(melodyAlone(score), kept, kept)));
    }

    /// Of a tune in which a span of bars is composed anew.
    ///
    /// @throws IllegalArgumentException when the tune has no such bars
    static SheetPlan within(Score score, BarSpan span, Optional<KeySignature> key) {
        List<Bar> bars = score.bars();
        var kept = new HashSet<Integer>();
        for (int i = 0; i < bars.size(); i++) {
            int number = bars.get(i).number();
            if (number < span.from() || number > span.to()) kept.add(i);
        }
        if (kept.size() == bars.size() || span.to() > bars.getLast().number()) {
            throw new IllegalArgumentException(
                    "--bars %d-%d is not within the tune, whose bars are %d to %d"
                            .formatted(
                                    span.from(),
                                    span.to(),
                                    bars.getFirst().number(),
                                    bars.getLast().number()));
        }
        Form form = form(score, wholeBars(score), key);
        return new SheetPlan(form, Optional.of(new Given(melodyAlone(score), kept, kept)));
    }

    /// The same with these chords in every bar.
    SheetPlan withChords(List<ChordSymbol> chords) {
        Score with =
                given.map(Given::score)
                        .orElse(
                                new Score(
                                        Score.Credits.NONE,
                                        new Timeline(List.of(form.meter()), List.of(), List.of()),
                                        List.of(),
                                        List.of(new Part("", 0, List.of())),
                                        List.of(),
                                        form.length()));
        Score changed =
                new Score(
                        with.credits(),
                        with.timeline(),
                        chords,
                        with.parts(),
                        with.fermatas(),
                        with.end().max(form.length()));
        Set<Integer> all =
                IntStream.rangeClosed(0, form.bars()).boxed().collect(Collectors.toSet());
        Set<Integer> melody = given.map(Given::melody).orElse(Set.of());
        return new SheetPlan(form, Optional.of(new Given(changed, melody, all)));
    }

    /// Where a time is, as a musician says it.
    String place(Fraction time) {
        Fraction after = time.minus(form.pickup());
        if (after.sign() < 0) return "the pickup";
        Fraction bar = form.meter().length();
        Fraction beat = after.modulo(bar).over(Fraction.of(4, form.meter().unit()));
        return "bar %d, beat %s".formatted(after.over(bar).floor() + 1, decimal(beat));
    }

    private static String decimal(Fraction beat) {
        double from1 = 1 + beat.toDouble();
        return beat.denominator() == 1 ? "%.0f".formatted(from1) : "%.2f".formatted(from1);
    }

    private static Form form(Score score, int bars, Optional<KeySignature> key) {
        Meter meter = score.timeline().meters().getFirst();
        for (Meter other : score.timeline().meters()) {
            if (!other.signature().equals(meter.signature())) {
                throw new IllegalArgumentException(
                        "the given tune changes from %s to %s; give one in a single meter"
                                .formatted(meter.signature(), other.signature()));
            }
        }
        Tempo tempo = score.timeline().tempos().getFirst();
        return new Form(
                pickup(score),
                Math.max(bars, wholeBars(score)),
                new Meter(Fraction.ZERO, meter.beats(), meter.unit()),
                key.orElseGet(() -> atStart(KeyFinder.find(score))),
                new Tempo(Fraction.ZERO, tempo.microseconds()));
    }

    private static KeySignature atStart(KeySignature key) {
        return new KeySignature(Fraction.ZERO, key.sharps(), key.minor());
    }

    private static Fraction pickup(Score score) {
        Bar first = score.bars().getFirst();
        return first.number() == 0 ? first.length() : Fraction.ZERO;
    }

    private static int wholeBars(Score score) {
        return (int) score.bars().stream().filter(bar -> bar.number() > 0).count();
    }

    private static Set<Integer> bars(Score score, List<Fraction> times) {
        List<Bar> bars = score.bars();
        return IntStream.range(0, bars.size())
                .filter(i ->
                        times.stream()
                                .anyMatch(time ->
                                        time.compareTo(bars.get(i).onset()) >= 0
                                                && time.compareTo(bars.get(i).end()) < 0))
                .boxed()
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Score melodyAlone(Score score) {
        return score.withParts(
                MelodyFinder.find(score)
                        .map(melody -> part(score.parts().get(melody.part()), melody))
                        .stream()
                        .toList());
    }

    private static Part part(Part of, MelodyFinder.Melody melody) {
        return melody.wholePart() ? of : of.withNotes(melody.notes());
    }
}
