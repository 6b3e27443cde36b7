package wavenet4j.notes.markov;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Where the messages of states lie among those of a tick: the states of the tick's slot, then
/// those that are met in every slot.
final class Places {
    /// Of a state that there is not.
    static final int NOWHERE = Integer.MIN_VALUE;

    private final int slots;
    private final int[] place; // the complement, ~i, for the i-th of the states met in every slot
    private final int[] count; // states of each slot; last, those that are met in every one
    private final int[][] states; // likewise, each after its failure state

    Places(Product product, int slots) {
        this.slots = slots;
        int[] chain = new int[product.states()];
        for (int state = 0; state < chain.length; state++) {
            for (int s = state; s != 0 && !product.isClosed(s); s = product.failure(s)) {
                chain[state]++;
            }
        }
        int[][] grouped = new int[slots + 1][16];
        count = new int[slots + 1];
        place = new int[chain.length];
        for (int state = 0; state < chain.length; state++) {
            int slot = product.slot(state);
            int group = slot < 0 ? slots : slot;
            int index = count[group]++;
            if (index == grouped[group].length) {
                grouped[group] = Arrays.copyOf(grouped[group], 2 * index);
            }
            grouped[group][index] = state;
            place[state] = slot < 0 ? ~index : index;
        }
        states = new int[slots + 1][];
        for (int group = 0; group <= slots; group++) {
            states[group] =
                    IntStream.of(Arrays.copyOf(grouped[group], count[group]))
                            .boxed()
                            .sorted(Comparator.comparingInt(state -> chain[state]))
                            .mapToInt(Integer::intValue)
                            .toArray();
        }
    }

    /// The states that are met in every slot.
    int[] everywhere() {
        return states[slots];
    }

    /// The other states of a tick's slot. Their failure states are among them or met everywhere.
    int[] at(int tick) {
        return states[tick % slots];
    }

    /// The number of messages of a tick.
    int size(int tick) {
        return count[tick % slots] + count[slots];
    }

    /// A state's place, to be resolved at a tick.
    int of(int state) {
        return state == FailureAutomaton.DEAD ? NOWHERE : place[state];
    }

    /// The index of a place among a tick's messages.
    int resolve(int tick, int of) {
        return of >= 0 ? of : count[tick % slots] + ~of;
    }
}
