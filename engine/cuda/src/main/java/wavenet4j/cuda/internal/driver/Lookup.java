package wavenet4j.cuda.internal.driver;

/// What came of looking for something that not every machine has.
public sealed interface Lookup<T> {
    /// It is there.
    record Found<T>(T value) implements Lookup<T> {}

    /// It is not; the reason, and what would help, each a phrase.
    record Missing<T>(String reason, String remedy) implements Lookup<T> {}
}
