package wavenet4j.train.loop;

import wavenet4j.train.checkpoint.EarlyStopping;

/// How a training ended.
///
/// @param step that it reached
/// @param best that it has seen
public record TrainingResult(Reason reason, long step, EarlyStopping best) {
    /// Why it ended.
    public enum Reason {
        /// Its steps are made, or its minutes are over.
        FINISHED,
        /// As many looks at the held-out recordings as `training.patience` says were no better.
        OUT_OF_PATIENCE,
        /// It was asked to.
        STOPPED
    }
}
