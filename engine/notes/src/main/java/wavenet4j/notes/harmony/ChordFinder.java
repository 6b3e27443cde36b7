package wavenet4j.notes.harmony;

import static wavenet4j.notes.ChordKind.*;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Recognizes the chords that a score plays. Each beat is compared with the tones of each chord,
/// and the chords of all beats are chosen together: a change costs something, less where a bar
/// begins.
public final class ChordFinder {
    /// A chord at any root.
    ///
    /// @param cost by how rare it is in songs
    private record Shape(ChordKind kind, double cost) {}

    private static final List<Shape> SHAPES =
            List.of(
                    new Shape(MAJOR, 0),
                    new Shape(MINOR, 0),
                    new Shape(DOMINANT, 0.02),
                    new Shape(MINOR_SEVENTH, 0.06),
                    new Shape(MAJOR_SEVENTH, 0.1),
                    new Shape(MAJOR_SIXTH, 0.1),
                    new Shape(MINOR_SIXTH, 0.1),
                    new Shape(DIMINISHED, 0.1),
                    new Shape(HALF_DIMINISHED, 0.1),
                    new Shape(DIMINISHED_SEVENTH, 0.12),
                    new Shape(AUGMENTED, 0.15),
                    new Shape(SUSPENDED_FOURTH, 0.15));

    private static final int CHORDS = 12 * SHAPES.size();
    private static final int NO_CHORD = CHORDS;

    /// What a tone of the chord that nothing plays costs.
    private static final double MISSING_TONE = 0.15;

    private static final double BASS_IS_ROOT = 0.25;
    private static final double CHANGE = 0.5;
    private static final double CHANGE_AT_BAR = 0.3;

    /// Of a beat of silence without a chord: after four of them the chord before is over.
    private static final double SILENCE = 0.25;

    private ChordFinder() {}

    /// The chords of a score, each where it begins; a symbol without a chord where it is silent for
    /// long.
    ///
    /// @throws IllegalArgumentException when there are more than 300,000 beats
    public static List<ChordSymbol> find(Score score) {
        List<Beat> beats = Beat.of(score);
        int[] path = path(beats);
        var symbols = new ArrayList<ChordSymbol>();
        int start = 0;
        for (int i = 1; i <= beats.size(); i++) {
            if (i < beats.size() && path[i] == path[start]) continue;
            symbols.add(symbol(path[start], beats.subList(start, i), score));
            start = i;
        }
        return List.copyOf(symbols);
    }

    /// The best sequence of chords, by dynamic programming.
    private static int[] path(List<Beat> beats) {
        var stays = new BitSet[beats.size()];
        var leaders = new int[beats.size()];
        var best = new double[CHORDS + 1];
        for (int i = 0; i < beats.size(); i++) {
            Beat beat = beats.get(i);
            leaders[i] = largest(best);
            double changed = best[leaders[i]] - (beat.beginsBar() ? CHANGE_AT_BAR : CHANGE);
            stays[i] = new BitSet(CHORDS + 1);
            for (int chord = 0; chord <= CHORDS; chord++) {
                stays[i].set(chord, best[chord] >= changed);
                best[chord] = Math.max(best[chord], changed) + fit(chord, beat);
            }
        }
        var path = new int[beats.size()];
        int chord = largest(best);
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = chord;
            if (!stays[i].get(chord)) chord = leaders[i];
        }
        return path;
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) largest = i;
        }
        return largest;
    }

    /// The share of chord tones in a beat less that of the others, with what speaks for the chord
    /// and against it besides.
    private static double fit(int chord, Beat beat) {
        if (chord == NO_CHORD) return beat.isSilent() ? SILENCE : -1;
        if (beat.isSilent()) return 0;
        int root = chord % 12;
        Shape shape = SHAPES.get(chord / 12);
        double fit = -1 - shape.cost;
        for (int tone : shape.kind.semitones()) {
            double share = beat.share((root + tone) % 12);
            fit += share == 0 ? -MISSING_TONE : 2 * share;
        }
        return fit + (beat.bass() == root ? BASS_IS_ROOT : 0);
    }

    private static ChordSymbol symbol(int chord, List<Beat> beats, Score score) {
        Fraction onset = beats.getFirst().onset();
        if (chord == NO_CHORD) return new ChordSymbol(onset, Optional.empty());
        int sharps = score.timeline().keyAt(onset).sharps();
        ChordKind kind = SHAPES.get(chord / 12).kind;
        int root = chord % 12;
        int bass = bass(beats);
        boolean inverted = kind.semitones().stream().anyMatch(tone -> (root + tone) % 12 == bass);
        return new ChordSymbol(
                onset,
                Optional.of(
                        new Chord(
                                PitchName.of(root, sharps),
                                kind,
                                List.of(),
                                inverted
                                        ? Optional.of(PitchName.of(bass, sharps))
                                        : Optional.empty())));
    }

    /// The pitch class that is the lowest in most beats.
    private static int bass(List<Beat> beats) {
        var counts = new int[12];
        int most = -1;
        for (Beat beat : beats) {
            if (beat.isSilent()) continue;
            counts[beat.bass()]++;
            if (most < 0 || counts[beat.bass()] > counts[most]) most = beat.bass();
        }
        return most;
    }
}
