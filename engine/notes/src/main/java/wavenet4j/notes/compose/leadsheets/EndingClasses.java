package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.markov.TokenClasses;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/// The tokens of lead sheets by how they end: their pitch, the chord that sounds at their end, and
/// the place in the bar that follows.
final class EndingClasses implements TokenClasses {
    private final List<Ending> endings = new ArrayList<>();
    private final int[] of;
    private final List<LeadSheetToken> tokens;
    private final int[] admitted; // tokens that may follow what they never followed
    private final NoteSteps steps;

    private record Ending(int pitch, RelativeChord chord, int nextSlot) {}

    EndingClasses(LeadSheetStyle style) {
        tokens = style.tokens();
        admitted = style.admitted();
        var all = new BitSet();
        all.set(0, tokens.size());
        steps = new NoteSteps(style, all);
        var numbers = new HashMap<Ending, Integer>();
        of = new int[tokens.size()];
        for (int token = 0; token < of.length; token++) {
            LeadSheetToken last = tokens.get(token);
            int slot = (last.slot() + last.length()) % style.barTicks();
            var ending = new Ending(last.pitch(), last.chords().getLast().chord(), slot);
            of[token] =
                    numbers.computeIfAbsent(
                            ending,
                            _ -> {
                                endings.add(ending);
                                return endings.size() - 1;
                            });
        }
    }

    @Override
    public int of(int token) {
        return token < of.length ? of[token] : -1;
    }

    @Override
    public int[] followers(int tokenClass) {
        Ending ending = endings.get(tokenClass);
        IntStream further =
                IntStream.of(admitted)
                        .filter(token -> tokens.get(token).slot() == ending.nextSlot)
                        .filter(token -> steps.allow(ending.pitch, tokens.get(token)));
        return IntStream.concat(further, IntStream.of(tokens.size() + ending.nextSlot)).toArray();
    }
}
