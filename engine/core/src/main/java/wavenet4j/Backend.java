package wavenet4j;

/// A way to run a network. Providers are found by [java.util.ServiceLoader].
public interface Backend {
    /// The name it is asked for by, such as `cpu`.
    String name();

    /// Its place when nobody asked for one: of those ready, the highest is taken.
    int speedRank();

    /// Whether it can run a network of that shape on this machine.
    Availability probe(ModelSpec spec);

    /// A new generator.
    ///
    /// @param precision of the weights while it runs
    /// @param threads of this machine's processor that it may use, the caller's included, where
    ///   that pays; at least 1
    /// @throws IllegalStateException when [#probe(ModelSpec)] does not answer [Availability.Ready]
    Generator open(WaveNet model, Precision precision, int threads);

    /// What a backend says of this machine.
    sealed interface Availability {
        /// It runs; `detail` says on what.
        record Ready(String detail) implements Availability {}

        /// It does not; the reason, and what would help, each a phrase.
        record Missing(String reason, String remedy) implements Availability {}
    }
}
