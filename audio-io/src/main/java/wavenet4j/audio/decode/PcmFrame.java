package wavenet4j.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// One frame of uncompressed audio: a value for each channel. The byte order is the buffer's.
///
/// @param coding what a value is
/// @param channels how many values there are
/// @param valueBytes how many bytes each takes, 1 to 8
record PcmFrame(Coding coding, int channels, int valueBytes) {

    enum Coding {
        /// Two's complement; fewer valid bits than the bytes hold stand at the top.
        SIGNED,
        /// Offset binary, likewise.
        UNSIGNED,
        /// Two's complement in the lower 24 of 32 bits.
        SIGNED_24_IN_32,
        FLOAT,
        MU_LAW,
        A_LAW
    }

    /// A float beyond the largest integer scale is no sample but damage.
    private static final double LARGEST = 0x1p31;

    int bytes() {
        return channels * valueBytes;
    }

    /// Reads a frame and mixes it to mono.
    ///
    /// @return the mean of the channels, full scale being 1 (floats may pass it); NaN where a value
    ///   is not finite or beyond any scale
    float next(ByteBuffer from) {
        double sum = 0;
        for (int i = 0; i < channels; i++) sum += nextValue(from);
        return (float) (sum / channels);
    }

    private double nextValue(ByteBuffer from) {
        return switch (coding) {
            case SIGNED -> nextBits(from) * 0x1p-63;
            case UNSIGNED -> (nextBits(from) ^ Long.MIN_VALUE) * 0x1p-63;
            case SIGNED_24_IN_32 -> (from.getInt() << 8) * 0x1p-31;
            case FLOAT -> checked(valueBytes == 4 ? from.getFloat() : from.getDouble());
            case MU_LAW -> G711.muLaw(from.get());
            case A_LAW -> G711.aLaw(from.get());
        };
    }

    /// The value at the top of 64 bits, so that every width has the same full scale.
    private long nextBits(ByteBuffer from) {
        long bits = 0;
        for (int i = 0; i < valueBytes; i++) {
            long next = from.get() & 0xffL;
            bits =
                    from.order() == ByteOrder.BIG_ENDIAN
                            ? bits | (next << (56 - 8 * i))
                            : (bits >>> 8) | (next << 56);
        }
        return bits;
    }

    private static double checked(double value) {
        return Math.abs(value) <= LARGEST ? value : Double.NaN;
    }
}
