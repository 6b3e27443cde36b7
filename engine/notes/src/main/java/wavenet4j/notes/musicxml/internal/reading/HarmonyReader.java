package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Bass;
import org.audiveris.proxymusic.Degree;
import org.audiveris.proxymusic.DegreeTypeValue;
import org.audiveris.proxymusic.Harmony;
import org.audiveris.proxymusic.HarmonyAlter;
import org.audiveris.proxymusic.Kind;
import org.audiveris.proxymusic.KindValue;
import org.audiveris.proxymusic.Root;
import org.audiveris.proxymusic.Step;
import org.jspecify.annotations.Nullable;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.playing.PartMeasure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the chord symbols of a part. Several before one note, without offsets, change during it:
/// they are spread evenly over it.
final class HarmonyReader {
    private final Attribution attributes;
    private final Remarks remarks;

    /// Chords without an offset that no note has followed.
    private final List<Optional<Chord>> waiting = new ArrayList<>();

    HarmonyReader(Attribution attributes, Remarks remarks) {
        this.attributes = attributes;
        this.remarks = remarks;
    }

    void read(Harmony harmony, PartMeasure measure) {
        List<Object> elements = firstChord(harmony.getHarmonyChord());
        if (elements.size() < harmony.getHarmonyChord().size()) {
            remarks.happened("polychord", "read as its first chord");
        }
        Optional<KindValue> kind = one(elements, Kind.class).map(Kind::getValue);
        Optional<Root> root = one(elements, Root.class);
        boolean none = kind.equals(Optional.of(KindValue.NONE));
        if (!none && root.isEmpty()) {
            remarks.happened("chord symbol", "without a root, and left out");
            return;
        }
        Transposition transposition = attributes.transposition(harmony.getStaff());
        Optional<Chord> chord =
                none ? Optional.empty() : chord(root.get(), kind, elements, transposition);
        if (!none && chord.isEmpty()) {
            remarks.happened("chord symbol", "of an unusual kind, and read as no chord");
        }
        if (harmony.getOffset() == null) {
            waiting.add(chord);
        } else {
            Fraction offset = attributes.length(harmony.getOffset().getValue());
            measure.chords.add(new ChordSymbol(measure.near(offset), chord));
        }
    }

    /// Gives the chords that wait to a place.
    ///
    /// @param length of the note or rest there, or 0
    void place(PartMeasure measure, Fraction length) {
        for (int i = 0; i < waiting.size(); i++) {
            Fraction later = length.times(Fraction.of(i, waiting.size()));
            measure.chords.add(new ChordSymbol(measure.near(later), waiting.get(i)));
            if (i > 0)
                remarks.happened(
                        "chord symbol", "before one note with another, and spread over it");
        }
        waiting.clear();
    }

    private Optional<Chord> chord(
            Root root,
            Optional<KindValue> kind,
            List<Object> elements,
            Transposition transposition) {
        Optional<PitchName> name = name(root, transposition);
        Optional<ChordKind> known = kind.flatMap(HarmonyReader::known);
        if (name.isEmpty() || known.isEmpty()) return Optional.empty();
        Optional<PitchName> bass =
                one(elements, Bass.class).flatMap(under -> name(under, transposition));
        return Optional.of(new Chord(name.get(), known.get(), degrees(elements, remarks), bass));
    }

    /// The elements up to the root of a second chord.
    private static List<Object> firstChord(List<Object> elements) {
        int roots = 0;
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Root && ++roots > 1) return elements.subList(0, i);
        }
        return elements;
    }

    private static <T> Optional<T> one(List<Object> elements, Class<T> type) {
        return elements.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /// The kind of the same name.
    private static Optional<ChordKind> known(KindValue kind) {
        String name = kind.value().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(ChordKind.values())
                .filter(known -> known.name().equals(name))
                .findFirst();
    }

    private static Optional<PitchName> name(Root root, Transposition transposition) {
        return root.getRootStep() == null
                ? Optional.empty()
                : name(root.getRootStep().getValue(), root.getRootAlter(), transposition);
    }

    private static Optional<PitchName> name(Bass bass, Transposition transposition) {
        return bass.getBassStep() == null
                ? Optional.empty()
                : name(bass.getBassStep().getValue(), bass.getBassAlter(), transposition);
    }

    private static Optional<PitchName> name(
            @Nullable Step step, @Nullable HarmonyAlter alter, Transposition transposition) {
        if (step == null) return Optional.empty();
        int semitones =
                alter == null || alter.getValue() == null
                        ? 0
                        : Math.clamp(Numbers.exact(alter.getValue()).round(), -2, 2);
        int fifths = PitchName.of(step.name().charAt(0), 0).fifths() + 7 * semitones;
        return Optional.of(transposition.name(fifths));
    }

    private static List<ChordSymbol.Degree> degrees(List<Object> elements, Remarks remarks) {
        var degrees = new ArrayList<ChordSymbol.Degree>();
        for (Object element : elements) {
            if (element instanceof Degree degree) {
                Optional<ChordSymbol.Degree> usual = degree(degree);
                usual.ifPresentOrElse(degrees::add, () -> remarks.leftOut("unusual chord degree"));
            }
        }
        return degrees;
    }

    private static Optional<ChordSymbol.Degree> degree(Degree degree) {
        DegreeTypeValue type =
                degree.getDegreeType() == null ? null : degree.getDegreeType().getValue();
        int value =
                degree.getDegreeValue() == null
                        ? 0
                        : Numbers.integer(degree.getDegreeValue().getValue()).orElse(0);
        long alter =
                degree.getDegreeAlter() == null || degree.getDegreeAlter().getValue() == null
                        ? 0
                        : Numbers.exact(degree.getDegreeAlter().getValue()).round();
        if (type == null || value < 1 || value > 13 || Math.abs(alter) > 2) return Optional.empty();
        var change = ChordSymbol.Degree.Change.valueOf(type.name());
        return Optional.of(new ChordSymbol.Degree(change, value, (int) alter));
    }
}
