package wavenet4j.notes.harmony;

import static wavenet4j.notes.ChordSymbol.Degree.Change.SUBTRACT;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.ChordSymbol.Degree;
import wavenet4j.notes.PitchName;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tones of chords.
public final class ChordTones {
    /// Of a bass: from E2 up to E3.
    private static final int LOWEST_BASS = 40;

    private static final int HIGHEST_BASS = 52;

    /// Of the tones above it.
    private static final int LOWEST = 54;

    private static final int HIGHEST = 76;

    private static final int MIDDLE = 64;

    private static final int MOST_UPPER_TONES = 4;

    private ChordTones() {}

    /// The tones of a chord over its root, in semitones, ascending, with every change of a degree.
    /// Its bass is not among them.
    public static List<Integer> semitones(Chord chord) {
        var all = new TreeSet<Integer>();
        byDegree(chord).values().forEach(all::addAll);
        return List.copyOf(all);
    }

    private static SortedMap<Integer, SortedSet<Integer>> byDegree(Chord chord) {
        ChordKind kind = chord.kind();
        var tones = new TreeMap<Integer, SortedSet<Integer>>();
        for (int tone : kind.semitones()) {
            tones.computeIfAbsent(ChordDegrees.degree(kind, tone), _ -> new TreeSet<>()).add(tone);
        }
        for (Degree degree : chord.degrees()) {
            int tone = ChordDegrees.semitones(degree.value()) + degree.alter();
            boolean added = degree.change() == Degree.Change.ADD;
            if (!added) tones.remove(degree.value());
            if (degree.change() != SUBTRACT) {
                tones.computeIfAbsent(degree.value(), _ -> new TreeSet<>()).add(tone);
            }
        }
        return tones;
    }

    /// The name of a key in a chord, by its degree over the root: the third of C minor is E flat,
    /// whatever the key signature. That of the signature where it is no tone of the chord, or would
    /// need three flats or sharps.
    public static PitchName name(Chord chord, int key, int signature) {
        PitchName root = chord.root();
        if (chord.bass().isPresent() && isOf(chord.bass().get().pitchClass(), key)) {
            return chord.bass().get();
        }
        for (var degree : byDegree(chord).entrySet()) {
            for (int tone : degree.getValue()) {
                int fifths = root.fifths() + ChordDegrees.fifths(degree.getKey(), tone);
                boolean canBeWritten = fifths >= PitchName.FLATTEST && fifths <= PitchName.SHARPEST;
                if (isOf(root.pitchClass() + tone, key) && canBeWritten) {
                    return new PitchName(fifths);
                }
            }
        }
        return PitchName.of(key, signature);
    }

    private static boolean isOf(int pitchClass, int key) {
        return Math.floorMod(key - pitchClass, 12) == 0;
    }

    /// The pitch classes of a chord, from 0, C, to 11, B, ascending; its bass is among them.
    public static SortedSet<Integer> pitchClasses(Chord chord) {
        var classes = new TreeSet<Integer>();
        int root = chord.root().pitchClass();
        for (int tone : semitones(chord)) classes.add(Math.floorMod(root + tone, 12));
        classes.add(bass(chord));
        return classes;
    }

    /// MIDI keys to play a chord with, ascending: its bass, and its tones above it in close
    /// position, moved as little as can be from those before. Of a chord with many tones the fifth
    /// and the root are left to the bass.
    ///
    /// @param previous the voicing of the chord before; empty where there is none
    public static List<Integer> voicing(Chord chord, List<Integer> previous) {
        int start = previous.isEmpty() ? (LOWEST_BASS + HIGHEST_BASS) / 2 : previous.getFirst();
        int bass = nearest(bass(chord), start);
        List<Integer> before = previous.isEmpty() ? previous : previous.subList(1, previous.size());
        List<Integer> upper = upper(chord);
        List<Integer> best = List.of();
        double least = Double.POSITIVE_INFINITY;
        for (int inversion = 0; inversion < upper.size(); inversion++) {
            for (int lowest = LOWEST; lowest < HIGHEST; lowest++) {
                if (lowest % 12 != upper.get(inversion)) continue;
                List<Integer> keys = close(upper, inversion, lowest);
                double cost = movement(before, keys);
                if (keys.getLast() <= HIGHEST && cost < least) {
                    least = cost;
                    best = keys;
                }
            }
        }
        var voicing = new ArrayList<Integer>();
        voicing.add(bass);
        voicing.addAll(best);
        return List.copyOf(voicing);
    }

    private static int bass(Chord chord) {
        return chord.bass().orElse(chord.root()).pitchClass();
    }

    /// The pitch classes that are played above the bass, ascending.
    private static List<Integer> upper(Chord chord) {
        int root = chord.root().pitchClass();
        var classes = new TreeSet<Integer>();
        for (int tone : semitones(chord)) classes.add(Math.floorMod(root + tone, 12));
        if (classes.size() > MOST_UPPER_TONES) classes.remove((root + 7) % 12);
        if (classes.size() > MOST_UPPER_TONES) classes.remove(root);
        return List.copyOf(classes);
    }

    private static List<Integer> close(List<Integer> classes, int inversion, int lowest) {
        var keys = new ArrayList<Integer>();
        int key = lowest;
        for (int i = 0; i < classes.size(); i++) {
            int next = classes.get((inversion + i) % classes.size());
            key += Math.floorMod(next - key, 12);
            keys.add(key);
        }
        return keys;
    }

    /// How far voices move, in semitones, with a pull to the middle that decides between equals.
    private static double movement(List<Integer> from, List<Integer> to) {
        double sum = 0;
        for (int key : to) sum += from.isEmpty() ? 0 : distance(key, from);
        for (int key : from) sum += distance(key, to);
        double mean = to.stream().mapToInt(key -> key).average().orElse(MIDDLE);
        return sum + 0.2 * Math.abs(mean - MIDDLE);
    }

    private static int distance(int key, List<Integer> others) {
        return others.stream().mapToInt(other -> Math.abs(other - key)).min().orElse(0);
    }

    private static int nearest(int pitchClass, int key) {
        int best = LOWEST_BASS + Math.floorMod(pitchClass - LOWEST_BASS, 12);
        boolean both = best + 12 <= HIGHEST_BASS;
        return both && Math.abs(best + 12 - key) < Math.abs(best - key) ? best + 12 : best;
    }
}
