package wavenet4j.audio.decode.pcm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The layout of a frame of uncompressed audio: one value for each channel.
///
/// @param coding the encoding of a value
/// @param order the byte order of a value
/// @param channels values in a frame
/// @param valueBytes bytes of a value, 1 to 8
record PcmFrame(Coding coding, ByteOrder order, int channels, int valueBytes) {

    enum Coding {
        /// Two's complement; the valid bits are the most significant ones.
        SIGNED,
        /// Offset binary; the valid bits are the most significant ones.
        UNSIGNED,
        /// Two's complement in the lower 24 of 32 bits.
        SIGNED_24_IN_32,
        FLOAT,
        MU_LAW,
        A_LAW;

        /// Whether values of that many bytes exist.
        boolean has(int valueBytes) {
            return switch (this) {
                case SIGNED, UNSIGNED -> valueBytes >= 1 && valueBytes <= 8;
                case SIGNED_24_IN_32 -> valueBytes == 4;
                case FLOAT -> valueBytes == 4 || valueBytes == 8;
                case MU_LAW, A_LAW -> valueBytes == 1;
            };
        }
    }

    /// Larger floats are taken for damage.
    private static final double LARGEST = 0x1p31;

    int bytes() {
        return channels * valueBytes;
    }

    /// Reads a frame and mixes it to mono.
    ///
    /// @param from in the byte order of the frame
    /// @return the mean of the channels, full scale being 1 (floats may exceed it); NaN if a value
    ///   is not finite or implausibly large
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

    /// The value in the most significant of 64 bits, so that every width has the same full scale.
    private long nextBits(ByteBuffer from) {
        if (valueBytes == 2) return (long) from.getShort() << 48;
        long bits = 0;
        for (int i = 0; i < valueBytes; i++) {
            long next = from.get() & 0xffL;
            bits =
                    order == ByteOrder.BIG_ENDIAN
                            ? bits | (next << (56 - 8 * i))
                            : (bits >>> 8) | (next << 56);
        }
        return bits;
    }

    private static double checked(double value) {
        return Math.abs(value) <= LARGEST ? value : Double.NaN;
    }
}
