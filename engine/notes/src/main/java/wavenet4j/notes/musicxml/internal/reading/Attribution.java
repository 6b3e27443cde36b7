package wavenet4j.notes.musicxml.internal.reading;

import jakarta.xml.bind.JAXBElement;

import org.audiveris.proxymusic.Attributes;
import org.audiveris.proxymusic.Key;
import org.audiveris.proxymusic.Time;
import org.audiveris.proxymusic.Transpose;
import org.jspecify.annotations.Nullable;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.playing.PartMeasure;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The attributes in force in a part: what durations count, and how its staves transpose. Meters
/// and keys go to the measure.
final class Attribution {
    private static final Set<String> MAJOR_AND_MINOR = Set.of("", "major", "minor", "none");

    private final Map<Integer, Transposition> transpositions = new HashMap<>();
    private final Remarks remarks;
    private Fraction divisions = Fraction.ONE;
    private int sharps;

    Attribution(Remarks remarks) {
        this.remarks = remarks;
    }

    /// A duration in quarters.
    Fraction length(@Nullable BigDecimal duration) {
        return duration == null ? Fraction.ZERO : Numbers.exact(duration).over(divisions);
    }

    /// How a staff transposes.
    Transposition transposition(@Nullable BigInteger staff) {
        Transposition whole = transpositions.getOrDefault(0, Transposition.NONE);
        return transpositions.getOrDefault(Numbers.integer(staff).orElse(1), whole);
    }

    /// Of the key signature in force, as it sounds.
    int sharps() {
        return sharps;
    }

    void read(Attributes changed, PartMeasure measure) {
        if (changed.getDivisions() != null) {
            Fraction given = Numbers.exact(changed.getDivisions());
            if (given.sign() <= 0) {
                throw new ArithmeticException("its divisions of a quarter are " + given);
            }
            divisions = given;
        }
        for (Transpose transpose : changed.getTranspose()) {
            int staff = Numbers.integer(transpose.getNumber()).orElse(0);
            if (staff == 0) transpositions.clear();
            transpositions.put(staff, Transposition.of(transpose));
            if (transpose.getDouble() != null) remarks.leftOut("octave doubling");
        }
        changed.getKey().forEach(key -> read(key, measure));
        changed.getTime().forEach(time -> read(time, measure));
        if (changed.getMeasureStyle().stream()
                .anyMatch(style ->
                        style.getMeasureRepeat() != null || style.getBeatRepeat() != null)) {
            remarks.happened("repeat sign of measures or beats", "not played out");
        }
    }

    private void read(Key key, PartMeasure measure) {
        if (!key.getNonTraditionalKey().isEmpty()) {
            remarks.happened("key signature", "of single alterations, and left out");
            return;
        }
        int written = Math.clamp(Numbers.integer(key.getFifths()).orElse(0), -100, 100);
        if (Math.abs(written) > 7) {
            remarks.happened(
                    "key signature", "of more than seven signs, and read as its enharmonic equal");
        }
        String mode = key.getMode() == null ? "" : key.getMode().strip().toLowerCase(Locale.ROOT);
        if (!MAJOR_AND_MINOR.contains(mode)) {
            remarks.happened(
                    "key signature", "of a mode besides major and minor, which is left out");
        }
        int sounding = transposition(key.getNumber()).sharps(written);
        var signature = new KeySignature(measure.position(), sounding, mode.equals("minor"));
        KeySignature given = measure.keys.putIfAbsent(signature.onset(), signature);
        if (given == null) {
            sharps = sounding;
        } else if (!given.equals(signature)) {
            remarks.happened("key signature", "of a single staff, and left out");
        }
    }

    private void read(Time time, PartMeasure measure) {
        if (time.getInterchangeable() != null) remarks.leftOut("interchangeable time signature");
        Optional<Meter> meter =
                time.getTimeSignature().isEmpty()
                        ? Optional.empty()
                        : sum(time.getTimeSignature(), measure.position());
        if (!time.getTimeSignature().isEmpty() && meter.isEmpty()) {
            remarks.happened("unusual time signature", "read as none");
        }
        if (time.getTimeSignature().size() > 2) {
            remarks.happened("composite time signature", "read as a sum");
        }
        measure.signatures.putIfAbsent(
                measure.position(), new PartMeasure.TimeSignature(measure.position(), meter));
    }

    /// The sum of all fractions of a time signature, such as 3+2/8 or 3/8 and 2/4, over their
    /// smallest unit; absent where it is no meter.
    private static Optional<Meter> sum(List<JAXBElement<String>> signature, Fraction onset) {
        Fraction sum = Fraction.ZERO;
        int smallest = 1;
        int beats = 0;
        try {
            for (JAXBElement<String> element : signature) {
                int number = 0;
                for (String summand : element.getValue().split("\\+", 10)) {
                    number = Math.addExact(number, Numbers.integer(summand).orElseThrow());
                }
                if (element.getName().getLocalPart().equals("beats")) {
                    beats = number;
                } else {
                    sum = sum.plus(Fraction.of(beats, number));
                    smallest = Math.max(smallest, number);
                }
            }
            Fraction count = sum.times(smallest);
            return count.denominator() == 1
                    ? Optional.of(new Meter(onset, Math.toIntExact(count.numerator()), smallest))
                    : Optional.empty();
        } catch (RuntimeException _) { // no numbers, or none of a meter
            return Optional.empty();
        }
    }
}
