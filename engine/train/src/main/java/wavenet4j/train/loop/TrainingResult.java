package wavenet4j.train.loop;

import wavenet4j.train.checkpoint.EarlyStopping;

/// How a training ended.
///
/// @param reason why it ended
/// @param step the optimizer steps that the run has taken
/// @param best the best evaluation on the held-out recordings
public record TrainingResult(Reason reason, long step, EarlyStopping best) {
    /// Why a training ended.
    public enum Reason {
        /// The schedule's steps or minutes are over.
        FINISHED,
        /// As many evaluations in a row as `training.patience` were no better than the best.
        OUT_OF_PATIENCE,
        /// [TrainingLoop#stop()] was called.
        STOPPED
    }
}
