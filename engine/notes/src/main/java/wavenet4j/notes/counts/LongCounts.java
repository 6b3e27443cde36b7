package wavenet4j.notes.counts;

import java.util.Arrays;

/// Counts of long keys that are not negative, in a table with open addressing, which takes far less
/// memory than a map of objects.
final class LongCounts {
    private static final long FREE = -1;

    private long[] keys = new long[16];
    private int[] counts = new int[16];
    private int size;

    LongCounts() {
        Arrays.fill(keys, FREE);
    }

    int get(long key) {
        int slot = slot(key);
        return keys[slot] == key ? counts[slot] : 0;
    }

    void put(long key, int count) {
        int slot = slot(key);
        if (keys[slot] == FREE) {
            keys[slot] = key;
            size++;
        }
        counts[slot] = count;
        if (size > keys.length / 2) grow();
    }

    /// Where the key is, or the free slot where it belongs.
    private int slot(long key) {
        // Spreads neighbors by the golden ratio (Fibonacci hashing).
        int bits = Integer.numberOfTrailingZeros(keys.length);
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - bits));
        while (keys[slot] != FREE && keys[slot] != key) slot = (slot + 1) % keys.length;
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new int[keys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] == FREE) continue;
            int slot = slot(oldKeys[i]);
            keys[slot] = oldKeys[i];
            counts[slot] = oldCounts[i];
        }
    }
}
