package wavenet4j.notes.markov;

import java.util.Arrays;

/// The tokens of a model, which fill time one after the other: each has a length in ticks, and a
/// slot, the place in the bar where it can begin. A tick t has slot t mod the number of slots; with
/// one slot and lengths of 1 the sequences are plain ones. After the tokens come, for each slot, an
/// end, which fills no time, and a beginning, which only is a context.
public final class Tokens {
    private final int slots;
    private final int[] slot;
    private final int[] length;

    /// The tokens numbered from 0.
    ///
    /// @param slots ticks in a bar
    /// @param slot of each token
    /// @param length of each token, in ticks
    /// @throws IllegalArgumentException when a slot or a length is out of range
    public Tokens(int slots, int[] slot, int[] length) {
        if (slots < 1 || slot.length != length.length) {
            throw new IllegalArgumentException("tokens have " + slots + " slots");
        }
        for (int token = 0; token < slot.length; token++) {
            if (slot[token] < 0 || slot[token] >= slots || length[token] < 1) {
                throw new IllegalArgumentException(
                        "token %d lasts %d ticks from slot %d of %d"
                                .formatted(token, length[token], slot[token], slots));
            }
        }
        this.slots = slots;
        this.slot = slot.clone();
        this.length = length.clone();
    }

    /// Tokens that each fill one tick.
    public static Tokens plain(int count) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, 1);
        return new Tokens(1, new int[count], lengths);
    }

    /// Ends and beginnings not counted.
    public int count() {
        return slot.length;
    }

    /// Ends and beginnings included.
    public int symbols() {
        return slot.length + 2 * slots;
    }

    public int slots() {
        return slots;
    }

    /// Where a token begins, of ends too.
    public int slot(int token) {
        return token < slot.length ? slot[token] : (token - slot.length) % slots;
    }

    /// In ticks; 0 for ends and beginnings.
    public int length(int token) {
        return token < slot.length ? length[token] : 0;
    }

    /// The end of a sequence whose last token fills the time up to that slot.
    public int end(int atSlot) {
        return slot.length + atSlot;
    }

    /// The beginning of a sequence whose first token has that slot.
    public int beginning(int atSlot) {
        return slot.length + slots + atSlot;
    }

    /// The slot after a token.
    int slotAfter(int token) {
        return (slot(token) + length(token)) % slots;
    }
}
