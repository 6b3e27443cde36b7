package wavenet4j.train.data;

/// A batch or micro-batch of windows, time-major: index `t * rows + row`.
///
/// @param rows B, the windows
/// @param targets T of the longest window; shorter ones are padded at their end
/// @param inputs levels, [receptive field + T - 1, B]
/// @param targetLevels the levels to predict, [T, B]
/// @param mask 1 for a target, 0 for padding, [T, B]
/// @param labels 1 where a window has a label, [B, labels]
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Batch(
        int rows, int targets, long[] inputs, long[] targetLevels, float[] mask, float[] labels) {
    /// How many targets are no padding.
    public int targetCount() {
        int count = 0;
        for (float target : mask) count += (int) target;
        return count;
    }
}
