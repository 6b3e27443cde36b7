package wavenet4j.train.kernels;

/// The weights of a product in the order that it reads them: panels of [Products#PANEL] columns, in
/// each panel the terms of one tap after those of the other.
///
/// @param terms rows of the weights of one tap
/// @param taps of a convolution, or 1
/// @param columns of the result
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Panels(float[] values, int terms, int taps, int columns) {
    /// Index of the first weight of a panel and tap.
    int at(int column, int tap) {
        return (column * taps + tap * Products.PANEL) * terms;
    }

    /// The place of each value among all weights of a network, which are end to end.
    public interface Source {
        /// Index in the weights, or -1 where the value is padding.
        int index(int tap, int term, int column);
    }

    /// The indices of all values in their order, for [#take].
    public static int[] order(int terms, int taps, int columns, Source source) {
        var order = new int[terms * taps * columns];
        int i = 0;
        for (int panel = 0; panel < columns; panel += Products.PANEL) {
            for (int tap = 0; tap < taps; tap++) {
                for (int term = 0; term < terms; term++) {
                    for (int column = panel; column < panel + Products.PANEL; column++) {
                        order[i++] = source.index(tap, term, column);
                    }
                }
            }
        }
        return order;
    }

    /// Takes its values from all weights.
    public void take(float[] weights, int[] order) {
        for (int i = 0; i < order.length; i++) {
            int index = order[i];
            values[i] = index < 0 ? 0 : weights[index];
        }
    }
}
