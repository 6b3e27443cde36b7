package wavenet4j.train.event;

import java.util.List;

/// What a running training tells.
public sealed interface TrainingEvent {
    /// The step at which it is told.
    long step();

    /// Some steps are done.
    ///
    /// @param step the latest
    /// @param bits per sample, the mean over the training windows since the last such event
    /// @param rate the learning rate
    /// @param norm of the latest gradient before clipping
    /// @param samplesPerSecond targets learned from a second, since the last such event
    /// @param progress from 0 to 1
    /// @param secondsLeft as fast as in this sitting so far, or since its latest setback
    record Progress(
            long step,
            double bits,
            double rate,
            double norm,
            double samplesPerSecond,
            double progress,
            double secondsLeft)
            implements TrainingEvent {}

    /// The held-out recordings were looked at with the averaged weights.
    ///
    /// @param best whether no earlier look gave fewer bits
    record Validated(long step, double seconds, double bits, boolean best)
            implements TrainingEvent {}

    /// Takes of the averaged weights were made.
    ///
    /// @param step they are of
    /// @param labels they are made under, those of most training recordings
    /// @param seconds each is long
    /// @param cutShort whether that is less than was asked for, as it would have taken too long
    /// @param takes one for each temperature
    record Previewed(
            long step,
            List<String> labels,
            double seconds,
            boolean cutShort,
            List<PreviewTake> takes)
            implements TrainingEvent {
        public Previewed {
            labels = List.copyOf(labels);
            takes = List.copyOf(takes);
        }
    }

    /// A take, and what it is like.
    ///
    /// @param file the WAV file below the run's folder, with slashes; its picture, a PNG, is beside
    ///   it
    /// @param decibels of its root mean square to full scale
    /// @param silentShare of its frames, from 0 to 1
    /// @param flatness of the spectrum where it is not silent, from near 0 for tones to 1 for white
    ///   noise
    record PreviewTake(
            double temperature,
            String file,
            double decibels,
            double silentShare,
            double flatness) {}

    /// How the training goes, told when that changes and at the end.
    ///
    /// @param sentence what is seen
    /// @param remedy what to do
    record Judged(long step, Verdict verdict, String sentence, String remedy)
            implements TrainingEvent {}

    /// A checkpoint is on the disk.
    record Saved(long step) implements TrainingEvent {}

    /// The loss stopped being a number or exploded; training goes on from an earlier step at a
    /// lower rate.
    record SteppedBack(long from, long to, double rateScale, String reason)
            implements TrainingEvent {
        @Override
        public long step() {
            return from;
        }
    }

    /// The device's memory did not suffice for a part of a step's batch; the step was begun anew
    /// and training goes on with smaller parts.
    ///
    /// @param step that is being made
    /// @param windows that were to be learned from at once
    /// @param fewer windows of that length that are from now on
    record PartsHalved(long step, int windows, int fewer) implements TrainingEvent {}
}
