package wavenet4j.train.data;

/// Windows side by side, time-major: index `t * rows + row`.
///
/// @param rows B
/// @param targets T of the longest window; shorter ones are padded at their end
/// @param inputs levels, [receptive field + T - 1, B]
/// @param wanted the levels to predict, [T, B]
/// @param counts 1 where a target counts, 0 where it is padding, [T, B]
/// @param labels 1 where a row has a label, [B, labels]
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Batch(
        int rows, int targets, long[] inputs, long[] wanted, float[] counts, float[] labels) {
    /// How many targets count.
    public int counted() {
        int counted = 0;
        for (float count : counts) counted += (int) count;
        return counted;
    }
}
