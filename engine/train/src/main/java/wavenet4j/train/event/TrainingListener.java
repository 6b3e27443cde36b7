package wavenet4j.train.event;

import java.io.IOException;
import java.util.List;

/// Receives the events of a training, on the training thread. An exception ends the training.
public interface TrainingListener {
    /// What a training does.
    enum Work {
        /// An optimizer step; the first takes longest, as Java and PyTorch compile during it.
        LEARNING("training"),
        /// On the held-out recordings.
        EVALUATING("evaluating"),
        /// Of takes.
        GENERATING("making previews"),
        /// The temperature for takes, at the end.
        CHOOSING("choosing a temperature"),
        /// A checkpoint or the best model.
        SAVING("saving");

        private final String words;

        Work(String words) {
            this.words = words;
        }

        /// In a word or two.
        public String words() {
            return words;
        }
    }

    /// An event has happened.
    void onEvent(TrainingEvent event) throws IOException;

    /// The training is about to take its first step, from a new run or a resumed one.
    ///
    /// @param step that the run has reached
    /// @param products how the matrix products are computed, and why so
    /// @param earlier events of the run, in their order
    default void onStart(long step, String products, List<TrainingEvent> earlier)
            throws IOException {}

    /// A piece of work begins that may take long.
    ///
    /// @param step that the run has reached
    default void onBegin(long step, Work work) {}

    /// All events of a step have been received. The time that this takes is not counted as training
    /// time.
    ///
    /// @param last whether the training ends here
    default void onStepEnd(boolean last) throws IOException {}

    /// A listener that passes everything to several, in their order.
    static TrainingListener all(List<TrainingListener> listeners) {
        return new TrainingListener() {
            @Override
            public void onStart(long step, String products, List<TrainingEvent> earlier)
                    throws IOException {
                for (TrainingListener listener : listeners) {
                    listener.onStart(step, products, earlier);
                }
            }

            @Override
            public void onEvent(TrainingEvent event) throws IOException {
                for (TrainingListener listener : listeners) listener.onEvent(event);
            }

            @Override
            public void onBegin(long step, Work work) {
                for (TrainingListener listener : listeners) listener.onBegin(step, work);
            }

            @Override
            public void onStepEnd(boolean last) throws IOException {
                for (TrainingListener listener : listeners) listener.onStepEnd(last);
            }
        };
    }
}
