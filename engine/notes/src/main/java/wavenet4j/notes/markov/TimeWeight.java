package wavenet4j.notes.markov;

/// How many times as likely a token is where it begins at a tick as the model says by itself.
@FunctionalInterface
public interface TimeWeight {
    /// The factor; 0 forbids the token there.
    ///
    /// @param tick from 0
    double of(int tick, int token);

    /// Both of them.
    default TimeWeight times(TimeWeight other) {
        return (tick, token) -> {
            double weight = of(tick, token);
            return weight == 0 ? 0 : weight * other.of(tick, token);
        };
    }

    /// Which tokens may begin at which tick.
    @FunctionalInterface
    interface Filter {
        /// Whether it may.
        ///
        /// @param tick from 0
        boolean allows(int tick, int token);

        /// 1 for those that may, 0 for the others.
        default TimeWeight weight() {
            return (tick, token) -> allows(tick, token) ? 1 : 0;
        }
    }
}
