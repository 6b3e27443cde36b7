package wavenet4j.train.levels;

import wavenet4j.distribution.Quantizer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/// The levels of a recording, or of a part of it: a byte each, or two where there may be more than
/// 256 levels. They lie in memory or in a mapped file, which the system reads and drops as needed.
public final class Levels {
    private static final ValueLayout.OfChar TWO_BYTES =
            ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final float SILENT = 1e-3f; // -60 dB of full scale

    private final MemorySegment stored;
    private final int bytes;
    private final int length;
    private final Checksum source;

    private Levels(MemorySegment stored, int bytes, Checksum source) {
        this.stored = stored;
        this.bytes = bytes;
        this.source = source;
        length = Math.toIntExact(stored.byteSize() / bytes);
    }

    /// Those of a whole recording that are stored already.
    ///
    /// @param stored the levels alone, little-endian
    /// @param bytes of a level, 1 or 2
    /// @param checksum of all of `stored`
    static Levels stored(MemorySegment stored, int bytes, Checksum checksum) {
        return new Levels(stored, bytes, checksum);
    }

    /// Those of a whole recording.
    ///
    /// @param stored the levels, little-endian; not copied
    /// @param bytes of a level, [#bytes]
    static Levels of(byte[] stored, int bytes) {
        return new Levels(MemorySegment.ofArray(stored), bytes, Checksum.of(stored));
    }

    /// Those of a whole recording, copied; in bytes where all fit.
    public static Levels of(char... levels) {
        int most = 0;
        for (char level : levels) most = Math.max(most, level);
        int bytes = bytes(most + 1);
        var stored = new byte[Math.multiplyExact(levels.length, bytes)];
        for (int t = 0; t < levels.length; t++) {
            stored[bytes * t] = (byte) levels[t];
            if (bytes == 2) stored[2 * t + 1] = (byte) (levels[t] >>> 8);
        }
        return of(stored, bytes);
    }

    /// The bytes that one of q levels takes.
    static int bytes(int q) {
        return q <= 256 ? 1 : 2;
    }

    /// All of them as they are stored.
    MemorySegment stored() {
        return stored;
    }

    /// How many there are.
    public int length() {
        return length;
    }

    /// The level at that place, 0 to 65,535.
    public int at(int t) {
        return bytes == 1
                ? stored.get(ValueLayout.JAVA_BYTE, t) & 0xff
                : stored.get(TWO_BYTES, 2L * t);
    }

    /// Those from `from` (inclusive) to `to` (exclusive); nothing is copied.
    public Levels slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        if (from == 0 && to == length) return this;
        long start = (long) bytes * from;
        return new Levels(stored.asSlice(start, (long) bytes * (to - from)), bytes, source);
    }

    /// A copy of all of them.
    public int[] toArray() {
        var all = new int[length];
        for (int t = 0; t < length; t++) all[t] = at(t);
        return all;
    }

    /// Whether a level is silence: below -60 dB of full scale, or the level nearest to 0 where
    /// levels are far apart.
    public static boolean isSilent(int level, Quantizer quantizer) {
        return level == quantizer.silence() || Math.abs(quantizer.decode(level)) < SILENT;
    }

    /// The checksum of the whole recording that these are a part of.
    public Checksum checksum() {
        return source;
    }
}
