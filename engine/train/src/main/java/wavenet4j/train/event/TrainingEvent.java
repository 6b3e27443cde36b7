package wavenet4j.train.event;

import wavenet4j.audio.analysis.SoundFault;

import java.util.List;

/// An event of a training. The names of its components are those in `metrics.jsonl`, see
/// [EventLog].
public sealed interface TrainingEvent {
    /// The optimizer steps taken when it happened.
    long step();

    /// What the following steps are computed on: at the start of a run, and where that changes.
    ///
    /// @param step the number of steps done before
    /// @param matmulPrecision that float32 matrix products were found to have there
    record DeviceUsed(long step, String device, String matmulPrecision) implements TrainingEvent {
        /// Whether the latest of these events names the same device and precision.
        public boolean isKnownFrom(List<TrainingEvent> events) {
            for (TrainingEvent event : events.reversed()) {
                if (event instanceof DeviceUsed(_, var latest, var precision)) {
                    return latest.equals(device) && precision.equals(matmulPrecision);
                }
            }
            return false;
        }
    }

    /// Some optimizer steps were taken.
    ///
    /// @param step the latest
    /// @param bits per sample, the mean over the training windows since the last such event
    /// @param rate the learning rate
    /// @param norm of the latest gradient before clipping
    /// @param samplesPerSecond training targets per second, since the last such event
    /// @param progress from 0 to 1
    /// @param secondsLeft estimated from the speed since the training was started or resumed, or
    ///   since its latest rollback
    record Progress(
            long step,
            double bits,
            double rate,
            double norm,
            double samplesPerSecond,
            double progress,
            double secondsLeft)
            implements TrainingEvent {}

    /// The averaged weights were evaluated on the held-out recordings.
    ///
    /// @param seconds of training so far
    /// @param bits per sample
    /// @param best whether that is the lowest so far
    record Evaluated(long step, double seconds, double bits, boolean best)
            implements TrainingEvent {}

    /// Takes were generated with the averaged weights.
    ///
    /// @param step of the weights
    /// @param labels of the takes: those that most training recordings have
    /// @param seconds of each take
    /// @param cutShort whether that is less than configured, as generating more would have taken
    ///   too long
    /// @param takes one for each temperature
    record Previewed(
            long step,
            List<String> labels,
            double seconds,
            boolean cutShort,
            List<PreviewTake> takes)
            implements TrainingEvent {
        /// Copies the lists.
        public Previewed {
            labels = List.copyOf(labels);
            takes = List.copyOf(takes);
        }
    }

    /// A generated take and its measures.
    ///
    /// @param file the WAV file below the run's folder, with slashes; its picture, a PNG, is beside
    ///   it
    /// @param decibels of its root mean square to full scale
    /// @param silentShare of its frames, from 0 to 1
    /// @param flatness of the spectrum where it is not silent, from near 0 for tones to 1 for white
    ///   noise
    /// @param faults what is wrong with its sound, the most telling first
    record PreviewTake(
            double temperature,
            String file,
            double decibels,
            double silentShare,
            double flatness,
            List<SoundFault> faults) {
        /// Copies the list.
        public PreviewTake {
            faults = List.copyOf(faults);
        }
    }

    /// The temperature was found at which takes of the best model come nearest to the recordings.
    record TemperatureChosen(long step, double temperature) implements TrainingEvent {}

    /// The diagnosis of the training changed, or its schedule ended.
    ///
    /// @param sentence what was observed
    /// @param remedy what to do about it
    record Diagnosed(long step, Verdict verdict, String sentence, String remedy)
            implements TrainingEvent {}

    /// The training was stopped before its end, as Ctrl-C does, and was saved.
    record Stopped(long step) implements TrainingEvent {}

    /// The training went on from a checkpoint, after it was stopped or its process was killed, or
    /// with a later end.
    record Resumed(long step) implements TrainingEvent {}

    /// A checkpoint was written.
    record Saved(long step) implements TrainingEvent {}

    /// The loss or its gradient became too large or not finite, and the training went back to an
    /// earlier checkpoint and a lower learning rate.
    ///
    /// @param from the step at which that happened
    /// @param to the step of the checkpoint
    /// @param rateScale the factor on the learning rate from now on
    record RolledBack(long from, long to, double rateScale, String reason)
            implements TrainingEvent {
        @Override
        public long step() {
            return from;
        }
    }

    /// The device ran out of memory, and the step is repeated with smaller micro-batches.
    ///
    /// @param step taken before the one that is repeated
    /// @param windows in the micro-batch that did not fit
    /// @param fewer windows of that length in a micro-batch from now on
    record MicroBatchHalved(long step, int windows, int fewer) implements TrainingEvent {}
}
