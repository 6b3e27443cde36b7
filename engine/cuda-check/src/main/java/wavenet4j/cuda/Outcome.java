package wavenet4j.cuda;

/// What a check came to.
sealed interface Outcome {
    /// All is as it should be; the numbers that show it.
    record Passed(String numbers) implements Outcome {}

    /// It is not; what was found instead.
    record Failed(String numbers) implements Outcome {}

    /// It could not be looked at here, for that reason.
    record Skipped(String reason) implements Outcome {}

    /// Passed or failed, with the same numbers.
    static Outcome of(boolean passed, String numbers) {
        return passed ? new Passed(numbers) : new Failed(numbers);
    }
}
