package wavenet4j.notes.compose.voices;

import wavenet4j.notes.compose.voices.Slice.Tone;
import wavenet4j.notes.markov.TokenClasses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Slices by how they can go on: the keys of the outer voices, the keys that are held into the next
/// slice, and its place in the bar. So every step of the outer voices is one of the corpus, and a
/// note that is held has begun before.
final class SliceClasses implements TokenClasses {
    private final List<Ending> endings = new ArrayList<>();
    private final int ends; // the number of the end of slot 0
    private final int[] of;

    private record Ending(int top, int bottom, List<Integer> held, int nextSlot) {
        static Ending of(Slice slice, int barTicks) {
            List<Integer> held =
                    slice.tones().stream()
                            .map(tone -> tone.goesOn() ? tone.key() : Tone.REST)
                            .toList();
            int next = slice.end() % barTicks;
            return new Ending(slice.top().key(), slice.bottom().key(), held, next);
        }
    }

    SliceClasses(int barTicks, List<Slice> slices) {
        ends = slices.size();
        var numbers = new HashMap<Ending, Integer>();
        of =
                slices.stream()
                        .map(slice -> Ending.of(slice, barTicks))
                        .mapToInt(ending -> numbers.computeIfAbsent(ending, this::number))
                        .toArray();
    }

    private int number(Ending ending) {
        endings.add(ending);
        return endings.size() - 1;
    }

    @Override
    public int of(int token) {
        return token < of.length ? of[token] : -1;
    }

    /// The end, unless a note is held.
    @Override
    public int[] followers(int tokenClass) {
        Ending ending = endings.get(tokenClass);
        boolean open = ending.held.stream().anyMatch(key -> key != Tone.REST);
        return open ? new int[0] : new int[] {ends + ending.nextSlot};
    }
}
