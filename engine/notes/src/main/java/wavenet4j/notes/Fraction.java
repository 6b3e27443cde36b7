package wavenet4j.notes;

/// A rational number, such as an onset or a length in quarter notes. Always in lowest terms, with a
/// positive denominator.
public record Fraction(long numerator, long denominator) implements Comparable<Fraction> {
    public static final Fraction ZERO = new Fraction(0, 1);
    public static final Fraction ONE = new Fraction(1, 1);

    /// @throws ArithmeticException when the denominator is 0
    public Fraction {
        if (denominator == 0) throw new ArithmeticException("a fraction has a denominator of 0");
        long divisor = gcd(numerator, denominator);
        if (denominator < 0) divisor = -divisor;
        numerator /= divisor;
        denominator /= divisor;
    }

    public static Fraction of(long whole) {
        return new Fraction(whole, 1);
    }

    public static Fraction of(long numerator, long denominator) {
        return new Fraction(numerator, denominator);
    }

    /// The sum.
    ///
    /// @throws ArithmeticException when it is too large, as do the others
    public Fraction plus(Fraction other) {
        if (denominator == other.denominator) {
            return new Fraction(Math.addExact(numerator, other.numerator), denominator);
        }
        long common = gcd(denominator, other.denominator);
        long mine = other.denominator / common;
        long theirs = denominator / common;
        return new Fraction(
                Math.addExact(
                        Math.multiplyExact(numerator, mine),
                        Math.multiplyExact(other.numerator, theirs)),
                Math.multiplyExact(denominator, mine));
    }

    public Fraction minus(Fraction other) {
        return plus(new Fraction(-other.numerator, other.denominator));
    }

    public Fraction times(Fraction other) {
        long left = gcd(numerator, other.denominator);
        long right = gcd(other.numerator, denominator);
        return new Fraction(
                Math.multiplyExact(numerator / left, other.numerator / right),
                Math.multiplyExact(denominator / right, other.denominator / left));
    }

    public Fraction times(long factor) {
        return times(of(factor));
    }

    /// The quotient.
    ///
    /// @throws ArithmeticException when the other is 0
    public Fraction over(Fraction other) {
        return times(
                new Fraction(
                        /* numerator= */ other.denominator, /* denominator= */ other.numerator));
    }

    /// The largest integer that is not above it.
    public long floor() {
        return Math.floorDiv(numerator, denominator);
    }

    /// The nearest integer; of two, the upper one.
    public long round() {
        return plus(of(1, 2)).floor();
    }

    /// What is left of it over the largest multiple of the other that is not above it.
    public Fraction modulo(Fraction other) {
        return minus(other.times(over(other).floor()));
    }

    public Fraction min(Fraction other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Fraction max(Fraction other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// -1, 0 or 1.
    public int sign() {
        return Long.signum(numerator);
    }

    public double toDouble() {
        return (double) numerator / denominator;
    }

    @Override
    public int compareTo(Fraction other) {
        if (denominator == other.denominator) return Long.compare(numerator, other.numerator);
        int high =
                Long.compare(
                        Math.multiplyHigh(numerator, other.denominator),
                        Math.multiplyHigh(other.numerator, denominator));
        return high != 0
                ? high
                : Long.compareUnsigned(
                        numerator * other.denominator, other.numerator * denominator);
    }

    /// As `7/2`, or `3` for an integer.
    @Override
    public String toString() {
        return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }

    private static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return Math.max(1, Math.abs(a));
    }
}
