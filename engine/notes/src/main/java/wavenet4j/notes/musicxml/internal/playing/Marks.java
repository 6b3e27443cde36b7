package wavenet4j.notes.musicxml.internal.playing;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a measure says of the order in which measures are played. Filled while it is read.
public final class Marks {
    public boolean forward;

    /// How often the measures up to this one are played; 0 where they are not repeated.
    public int times;

    /// Whether this repeat is taken after a jump too.
    public boolean afterJump;

    /// Of the ending that begins here.
    public final Set<Integer> ending = new TreeSet<>();

    public boolean endingStops;
    public Optional<String> segno = Optional.empty();
    public Optional<String> coda = Optional.empty();
    public Optional<String> toCoda = Optional.empty();
    public Optional<String> dalSegno = Optional.empty();
    public boolean daCapo;
    public boolean fine;
}
