package wavenet4j.notes.counts;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.List;

/// The chord symbols of a score as choices: the root and the kind of each.
final class ChordChoices {
    private static final List<ChordKind> KINDS = List.of(ChordKind.values());
    private static final int NO_CHORD = 12 * KINDS.size();
    private static final int NONE = -1;

    /// By kind, which is but one.
    static final int[] TOKENS = {NO_CHORD + 1};

    private ChordChoices() {}

    static List<Choice> of(Score score) {
        var choices = new ArrayList<Choice>();
        for (ChordSymbol symbol : score.chords()) {
            int place = (int) score.timeline().placeInBar(symbol.onset()).times(12).round();
            int[] last = new int[6];
            for (int i = 0; i < last.length; i++) {
                int at = choices.size() - 1 - i;
                last[i] = at < 0 ? NONE : choices.get(at).token();
            }
            choices.add(
                    new Choice(
                            0,
                            token(symbol),
                            new int[] {last[0], last[1], last[2], last[3], last[4]},
                            new int[] {place, last[0], last[1], last[2]},
                            new int[] {last[0], place, last[1], last[2]},
                            new int[] {last[1], last[0], last[3], last[2]},
                            new int[] {last[2], last[0], last[1], last[3]},
                            new int[] {last[3], last[0], last[1], last[2], last[4], last[5]}));
        }
        return choices;
    }

    private static int token(ChordSymbol symbol) {
        return symbol.chord()
                .map(chord ->
                        KINDS.size() * chord.root().pitchClass() + KINDS.indexOf(chord.kind()))
                .orElse(NO_CHORD);
    }
}
