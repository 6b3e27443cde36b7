package wavenet4j.cuda;

/// What came of looking for something that not every machine has.
sealed interface Finding<T> {
    /// It is there.
    record Found<T>(T value) implements Finding<T> {}

    /// It is not; the reason, and what would help, each a phrase.
    record Missing<T>(String reason, String remedy) implements Finding<T> {}
}
