package wavenet4j.notes.compose;

import wavenet4j.notes.markov.TokenClasses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The tokens of lead sheets by how they end: their pitch, the chord that sounds at their end, and
/// the place in the bar that follows.
final class EndingClasses implements TokenClasses {
    private final List<Ending> endings = new ArrayList<>();
    private final int[] of;
    private final List<LeadSheetToken> tokens;
    private final int barTicks;
    private final Map<Integer, Boolean> admitted;
    private final Set<Step> steps = new HashSet<>();

    private record Ending(int pitch, RelativeChord chord, int nextSlot) {}

    /// How a melody goes on, whatever the chords.
    private record Step(int pitch, int slot, int nextPitch, int nextLength) {}

    /// @param admitted tokens that may follow what they never followed: all notes, or those after
    ///   which the corpus has their pitch and length
    EndingClasses(LeadSheetStyle style, Map<Integer, Boolean> admitted) {
        this.admitted = admitted;
        tokens = style.tokens();
        barTicks = style.barTicks();
        var numbers = new HashMap<Ending, Integer>();
        of = new int[tokens.size()];
        for (int token = 0; token < of.length; token++) {
            LeadSheetToken last = tokens.get(token);
            int slot = (last.slot() + last.length()) % barTicks;
            var ending = new Ending(last.pitch(), last.chords().getLast().chord(), slot);
            of[token] =
                    numbers.computeIfAbsent(
                            ending,
                            _ -> {
                                endings.add(ending);
                                return endings.size() - 1;
                            });
        }
        for (List<LeadSheetToken> piece : style.pieces()) {
            for (int i = 1; i < piece.size(); i++)
                steps.add(step(piece.get(i - 1).pitch(), piece.get(i)));
        }
    }

    private static Step step(int pitch, LeadSheetToken next) {
        return new Step(pitch, next.slot(), next.pitch(), next.length());
    }

    @Override
    public int of(int token) {
        return token < of.length ? of[token] : -1;
    }

    @Override
    public int[] followers(int tokenClass) {
        Ending ending = endings.get(tokenClass);
        IntStream further =
                admitted.entrySet().stream()
                        .filter(entry -> tokens.get(entry.getKey()).slot() == ending.nextSlot)
                        .filter(entry ->
                                entry.getValue()
                                        || steps.contains(
                                                step(ending.pitch, tokens.get(entry.getKey()))))
                        .mapToInt(Map.Entry::getKey);
        return IntStream.concat(further, IntStream.of(tokens.size() + ending.nextSlot)).toArray();
    }
}
