package wavenet4j.cuda.check;

/// What a check came to.
sealed interface CheckResult {
    /// All is as it should be; the numbers that show it.
    record Passed(String numbers) implements CheckResult {}

    /// It is not; what was found instead.
    record Failed(String numbers) implements CheckResult {}

    /// It could not be looked at here, for that reason.
    record Skipped(String reason) implements CheckResult {}

    /// Passed or failed, with the same numbers.
    static CheckResult of(boolean passed, String numbers) {
        return passed ? new Passed(numbers) : new Failed(numbers);
    }
}
