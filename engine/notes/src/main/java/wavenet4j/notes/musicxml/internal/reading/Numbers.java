package wavenet4j.notes.musicxml.internal.reading;

import org.jspecify.annotations.Nullable;

import wavenet4j.notes.Fraction;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalInt;

/// Numbers of a document, which may be of any size, as those that are computed with.
final class Numbers {
    private static final int MOST_DECIMALS = 9;

    private Numbers() {}

    /// The same number.
    ///
    /// @throws ArithmeticException when it is too large, or has more than nine decimals
    static Fraction exact(BigDecimal number) {
        if (number.signum() == 0) return Fraction.ZERO;
        BigDecimal shortest = number.stripTrailingZeros();
        int decimals = Math.max(0, shortest.scale());
        if (decimals > MOST_DECIMALS || (long) shortest.precision() - shortest.scale() > 18) {
            throw new ArithmeticException(
                    "a number is beyond 18 digits or has more than 9 decimals");
        }
        long power = BigInteger.TEN.pow(decimals).longValueExact();
        return Fraction.of(shortest.movePointRight(decimals).longValueExact(), power);
    }

    /// An integer, if it is given and is one of 32 bits.
    static OptionalInt integer(@Nullable BigInteger number) {
        return number == null || number.bitLength() > 31
                ? OptionalInt.empty()
                : OptionalInt.of(number.intValue());
    }

    /// An integer from its text, if it is one.
    static OptionalInt integer(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }
}
