package wavenet4j.train;

/// The best that a run's looks at its held-out recordings have seen.
///
/// @param bits per sample there; infinite before the first look
/// @param step of that look; 0 before the first
/// @param looksSince how many looks in a row were no better than it
public record Best(double bits, long step, int looksSince) {
    /// Before the first look.
    static final Best NONE = new Best(Double.POSITIVE_INFINITY, 0, 0);

    /// What it is after one more look.
    Best after(long step, double bits) {
        return bits < this.bits
                ? new Best(bits, step, 0)
                : new Best(this.bits, this.step, looksSince + 1);
    }

    /// Whether that many looks without a better one are too many; 0 of them never are.
    boolean exhausts(int patience) {
        return patience > 0 && looksSince >= patience;
    }
}
