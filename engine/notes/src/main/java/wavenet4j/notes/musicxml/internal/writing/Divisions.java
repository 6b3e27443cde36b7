package wavenet4j.notes.musicxml.internal.writing;

import wavenet4j.notes.Bar;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;

import java.util.List;
import java.util.stream.Stream;

/// The unit of a part's durations.
final class Divisions {
    private Divisions() {}

    /// In how many divisions of a quarter all times of a part are whole.
    ///
    /// @throws ArithmeticException when there is no such number of 64 bits
    static long of(Score score, List<Bar> bars, Part part) {
        return Stream.of(
                        bars.stream().map(Bar::onset),
                        Stream.of(score.end()),
                        score.fermatas().stream(),
                        score.timeline().keys().stream().map(KeySignature::onset),
                        score.timeline().tempos().stream().map(Tempo::onset),
                        score.chords().stream().map(ChordSymbol::onset),
                        part.pedal().stream().map(Part.Pedal::onset),
                        part.lyrics().stream().map(Part.Lyric::onset),
                        part.notes().stream().map(Note::onset),
                        part.notes().stream().map(Note::length))
                .flatMap(times -> times)
                .mapToLong(Fraction::denominator)
                .distinct()
                .reduce(1, Divisions::commonMultiple);
    }

    private static long commonMultiple(long a, long b) {
        return Math.multiplyExact(a, Fraction.of(a, b).denominator());
    }
}
