package wavenet4j.train.levels;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// The CRC-32 of some bytes, which can be put together from those of parts: recordings need not be
/// read again for the checksum of all.
///
/// @param crc of the bytes, in the lower 32 bits
/// @param bytes how many
public record Checksum(long crc, long bytes) {
    /// Of no bytes.
    public static final Checksum NONE = new Checksum(0, 0);

    private static final int POLYNOMIAL = 0xedb88320; // of CRC-32, the lowest power in the sign bit

    static Checksum of(byte[] bytes) {
        var crc = new CRC32();
        crc.update(ByteBuffer.wrap(bytes));
        return new Checksum(crc.getValue(), bytes.length);
    }

    /// The checksum of these bytes followed by those. A CRC is the remainder of a polynomial over
    /// two elements, so that appending n bytes multiplies it by x^8n.
    public Checksum then(Checksum next) {
        int shifted = times((int) crc, powerOfX(8 * next.bytes));
        return new Checksum(Integer.toUnsignedLong(shifted) ^ next.crc, bytes + next.bytes);
    }

    /// x^n modulo the polynomial, by repeated squaring.
    private static int powerOfX(long n) {
        int power = 1 << 31; // x^0
        int square = 1 << 30; // x^1, then x^2, x^4 ...
        for (long rest = n; rest > 0; rest >>>= 1) {
            if ((rest & 1) == 1) power = times(power, square);
            square = times(square, square);
        }
        return power;
    }

    private static int times(int a, int b) {
        int product = 0;
        for (int bit = 31; bit >= 0; bit--) {
            if ((a >>> bit & 1) == 1) product ^= b;
            b = b >>> 1 ^ (POLYNOMIAL & -(b & 1));
        }
        return product;
    }
}
