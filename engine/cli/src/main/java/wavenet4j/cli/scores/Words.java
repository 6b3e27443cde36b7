package wavenet4j.cli.scores;

/// Counts in words.
final class Words {
    private Words() {}

    /// As `1 score` or `2 scores`.
    static String counted(long count, String what) {
        return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }
}
