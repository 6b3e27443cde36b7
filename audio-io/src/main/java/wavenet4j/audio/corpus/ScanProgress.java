package wavenet4j.audio.corpus;

/// Is told how far a scan has come.
@FunctionalInterface
public interface ScanProgress {
    /// Of no interest.
    ScanProgress NONE = (_, _, _) -> {};

    /// Called after each file.
    ///
    /// @param task in a word or two
    /// @param done the bytes of the files that are done
    /// @param all the bytes of all files
    void update(String task, long done, long all);
}
