package wavenet4j.notes.musicxml.internal.playing;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What all parts say together of one measure as written; times from its beginning.
///
/// @param length in quarters
/// @param before the meter in force when it begins, absent where there are no bars of one length
/// @param signatures time signatures in it, by onset, none at the measure's end
record Measures(
        Fraction length,
        Optional<Meter> before,
        List<PartMeasure.TimeSignature> signatures,
        List<KeySignature> keys,
        List<Tempo> tempos,
        List<ChordSymbol> chords,
        List<Fraction> fermatas) {
    /// A measure that differs from its meter by less is as long as it: durations were rounded.
    static final Fraction ROUNDING = Fraction.of(1, 32);

    private static final Meter USUAL = new Meter(Fraction.ZERO, 4, 4);

    /// Of each measure, from that of every part.
    ///
    /// @param parts of the same number of measures
    static List<Measures> of(List<List<PartMeasure>> parts, Remarks remarks) {
        var measures = new ArrayList<Measures>();
        Optional<Meter> meter = Optional.of(USUAL);
        for (int i = 0; i < parts.getFirst().size(); i++) {
            int number = i;
            List<PartMeasure> measure = parts.stream().map(part -> part.get(number)).toList();
            Measures whole = of(measure, meter, remarks);
            measures.add(whole);
            if (!whole.signatures.isEmpty()) meter = whole.signatures.getLast().meter();
        }
        return measures;
    }

    private static Measures of(List<PartMeasure> parts, Optional<Meter> before, Remarks remarks) {
        List<PartMeasure.TimeSignature> signatures =
                first(
                        parts.stream().flatMap(part -> part.signatures.values().stream()),
                        PartMeasure.TimeSignature::onset,
                        "time signature",
                        remarks);
        Fraction length =
                parts.stream().map(part -> part.length).reduce(Fraction.ZERO, Fraction::max);
        Optional<Meter> atBeginning =
                !signatures.isEmpty() && signatures.getFirst().onset().sign() == 0
                        ? signatures.getFirst().meter()
                        : before;
        Fraction usual = atBeginning.map(Meter::length).orElse(Fraction.of(4));
        Fraction excess = length.minus(usual);
        boolean rounded = excess.max(usual.minus(length)).compareTo(ROUNDING) < 0;
        if (length.sign() == 0 || rounded) length = usual;
        Fraction end = length;
        return new Measures(
                length,
                before,
                signatures.stream().filter(given -> given.onset().compareTo(end) < 0).toList(),
                first(
                        parts.stream().flatMap(part -> part.keys.values().stream()),
                        KeySignature::onset,
                        "key signature",
                        remarks),
                first(
                        parts.stream().flatMap(part -> part.tempos.stream()),
                        Tempo::onset,
                        "tempo",
                        remarks),
                first(
                        parts.stream().flatMap(part -> part.chords.stream()),
                        ChordSymbol::onset,
                        "chord symbol",
                        remarks),
                parts.stream().flatMap(part -> part.fermatas.stream()).toList());
    }

    /// The first of them at each onset; others are counted if they differ.
    private static <T> List<T> first(
            Stream<T> all, Function<T, Fraction> onset, String what, Remarks remarks) {
        Map<Fraction, T> kept = new HashMap<>();
        all.forEach(each -> {
            T first = kept.putIfAbsent(onset.apply(each), each);
            if (first != null && !first.equals(each))
                remarks.happened(what, "other than that of an earlier part, and left out");
        });
        return kept.values().stream().sorted(Comparator.comparing(onset)).toList();
    }
}
