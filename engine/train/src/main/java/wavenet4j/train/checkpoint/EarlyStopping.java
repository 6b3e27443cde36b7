package wavenet4j.train.checkpoint;

/// The best evaluation of a run so far, and how many since then were no better.
///
/// @param bits per held-out sample; infinite before the first evaluation
/// @param step of the best evaluation; 0 before the first
/// @param evaluationsSince evaluations in a row that were no better
public record EarlyStopping(double bits, long step, int evaluationsSince) {
    /// Before the first evaluation.
    public static final EarlyStopping NONE = new EarlyStopping(Double.POSITIVE_INFINITY, 0, 0);

    /// The value after one more evaluation.
    public EarlyStopping after(long step, double bits) {
        return bits < this.bits
                ? new EarlyStopping(bits, step, 0)
                : new EarlyStopping(this.bits, this.step, evaluationsSince + 1);
    }

    /// Whether training is to stop: after `patience` evaluations in a row without an improvement,
    /// or never where it is 0.
    public boolean exhausts(int patience) {
        return patience > 0 && evaluationsSince >= patience;
    }
}
