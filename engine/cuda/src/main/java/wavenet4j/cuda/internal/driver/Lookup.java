package wavenet4j.cuda.internal.driver;

/// The result of looking for something that not every machine has.
public sealed interface Lookup<T> {
    /// It was found.
    record Found<T>(T value) implements Lookup<T> {}

    /// It was not found; why not, and a remedy, each a phrase without a full stop.
    record Missing<T>(String reason, String remedy) implements Lookup<T> {}
}
