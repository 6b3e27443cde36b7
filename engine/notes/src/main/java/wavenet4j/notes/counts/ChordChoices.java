package wavenet4j.notes.counts;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.List;

/// The chord symbols of a score as choices: the root of each, and then its kind.
final class ChordChoices {
    private static final List<ChordKind> KINDS = List.of(ChordKind.values());
    private static final int NO_CHORD = 12;

    /// By kind: which root, and which kind of chord.
    static final int[] TOKENS = {NO_CHORD + 1, KINDS.size()};

    /// What a root is multiplied by to tell chords apart.
    private static final int ROOT = 100;

    private static final int BEFORE = -1;

    private final Score score;
    private final List<Integer> chords = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();

    private ChordChoices(Score score) {
        this.score = score;
        score.chords().forEach(this::add);
    }

    static List<Choice> of(Score score) {
        return new ChordChoices(score).choices;
    }

    private void add(ChordSymbol symbol) {
        int root = symbol.chord().map(chord -> chord.root().pitchClass()).orElse(NO_CHORD);
        choices.add(new Choice(0, root, whichRoot(symbol)));
        int kind = symbol.chord().map(chord -> KINDS.indexOf(chord.kind())).orElse(0);
        if (root != NO_CHORD) choices.add(new Choice(1, kind, whichKind(root)));
        chords.add(ROOT * root + kind);
    }

    private int[][] whichRoot(ChordSymbol symbol) {
        int place = (int) score.timeline().placeInBar(symbol.onset()).times(12).round();
        int a = chord(1);
        int b = chord(2);
        int c = chord(3);
        int d = chord(4);
        return new int[][] {
            {root(a), a, b, c, d, chord(5)},
            {a, place, b, c},
            {a, barOfEight(symbol.onset()), place, b},
            {root(a), root(b), root(c), root(d)},
            {c, a, b, d},
            {d, a, b, c, chord(5), chord(6)},
            {chord(8), a, b},
        };
    }

    private int[][] whichKind(int root) {
        int a = chord(1);
        int b = chord(2);
        return new int[][] {
            {root, a, b, chord(3)},
            {root, b, a},
            {root, chord(4), chord(3)},
            {root, a % ROOT, b % ROOT, chord(3) % ROOT, chord(4) % ROOT},
            {a % ROOT, root, root(a)},
        };
    }

    /// Many songs have sections of eight bars.
    private int barOfEight(Fraction onset) {
        return (int) onset.over(score.timeline().meterAt(onset).length()).floor() % 8;
    }

    /// The chord so many before.
    private int chord(int back) {
        return back > chords.size() ? BEFORE : chords.get(chords.size() - back);
    }

    private static int root(int chord) {
        return Math.floorDiv(chord, ROOT);
    }
}
