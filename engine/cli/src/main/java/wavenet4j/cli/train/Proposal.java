package wavenet4j.cli.train;

/// A preset and a time that suit recordings of which nothing is known but how long they are and
/// their sample rate.
///
/// @param preset by name
/// @param minutes of training
/// @param reason in a few words
record Proposal(String preset, int minutes, String reason) {
    private static final int HIT_SECONDS = 4;
    private static final int DRUM_RATE = 22_050;
    private static final int MINUTES_FOR_WIDE = 20;

    /// Proposes for some recordings.
    ///
    /// @param seconds of all that is learned from
    /// @param count of the recordings
    /// @param sampleRate of most of their sound, in Hz
    static Proposal of(double seconds, int count, int sampleRate) {
        double minutes = seconds / 60;
        if (minutes < MINUTES_FOR_WIDE) {
            // Some forty passes over little sound; more of them learn it by heart.
            int time = minutes < 1 ? 5 : minutes < 5 ? 10 : 20;
            return new Proposal("quick", time, "a small network, as there is little to learn from");
        }
        if (seconds / count < HIT_SECONDS && sampleRate >= DRUM_RATE) {
            return new Proposal("drums-22k", 60, "for single hits; speech-16k is for words");
        }
        return new Proposal(
                "piano-16k", 100, "for instruments; speech-16k is for voices, drums-22k for beats");
    }
}
