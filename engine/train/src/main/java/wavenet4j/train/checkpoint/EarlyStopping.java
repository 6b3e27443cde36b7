package wavenet4j.train.checkpoint;

/// The best that a run's looks at its held-out recordings have seen.
///
/// @param bits per sample there; infinite before the first look
/// @param step of that look; 0 before the first
/// @param looksSince how many looks in a row were no better than it
public record EarlyStopping(double bits, long step, int looksSince) {
    /// Before the first look.
    public static final EarlyStopping NONE = new EarlyStopping(Double.POSITIVE_INFINITY, 0, 0);

    /// What it is after one more look.
    public EarlyStopping after(long step, double bits) {
        return bits < this.bits
                ? new EarlyStopping(bits, step, 0)
                : new EarlyStopping(this.bits, this.step, looksSince + 1);
    }

    /// Whether that many looks without a better one are too many; 0 of them never are.
    public boolean exhausts(int patience) {
        return patience > 0 && looksSince >= patience;
    }
}
