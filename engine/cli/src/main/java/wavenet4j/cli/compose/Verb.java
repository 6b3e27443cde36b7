package wavenet4j.cli.compose;

/// What `wavenet-compose` does.
enum Verb {
    /// A whole sheet, or the empty bars of one.
    LEADSHEET,
    /// Bars after a tune.
    CONTINUE,
    /// Bars within a tune.
    INFILL,
    /// Several voices.
    CHORALE
}
