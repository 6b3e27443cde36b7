package wavenet4j.notes.musicxml.internal.reading;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a measure says of the order in which measures are played. Filled while it is read.
final class Marks {
    boolean forward;

    /// How often the measures up to this one are played; 0 where they are not repeated.
    int times;

    /// Whether this repeat is taken after a jump too.
    boolean afterJump;

    /// Of the ending that begins here.
    final Set<Integer> ending = new TreeSet<>();

    boolean endingStops;
    Optional<String> segno = Optional.empty();
    Optional<String> coda = Optional.empty();
    Optional<String> toCoda = Optional.empty();
    Optional<String> dalSegno = Optional.empty();
    boolean daCapo;
    boolean fine;

    /// Adds what another part says of the same measure.
    void add(Marks other) {
        forward |= other.forward;
        times = Math.max(times, other.times);
        afterJump |= other.afterJump;
        ending.addAll(other.ending);
        endingStops |= other.endingStops;
        segno = segno.or(() -> other.segno);
        coda = coda.or(() -> other.coda);
        toCoda = toCoda.or(() -> other.toCoda);
        dalSegno = dalSegno.or(() -> other.dalSegno);
        daCapo |= other.daCapo;
        fine |= other.fine;
    }
}
