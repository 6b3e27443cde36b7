package wavenet4j.info;

/// How long a model was trained, and how well it predicts recordings that it was not trained on.
///
/// @param step optimizer steps, at least 0
/// @param minutes of training, from 0 to below 10^9
/// @param heldOutBitsPerSample bits per sample on windows of the held-out recordings, below 10^9
public record TrainingFacts(long step, double minutes, double heldOutBitsPerSample) {
    private static final double MOST = 1e9;

    public TrainingFacts {
        if (step < 0) throw new IllegalArgumentException("step is " + step + ", which is negative");
        if (!(minutes >= 0 && minutes < MOST)) {
            throw new IllegalArgumentException(
                    "minutes is " + minutes + "; it must be at least 0 and below 10^9");
        }
        if (!(Math.abs(heldOutBitsPerSample) < MOST)) {
            throw new IllegalArgumentException(
                    "heldOutBitsPerSample is " + heldOutBitsPerSample + "; it must be below 10^9");
        }
    }
}
