package wavenet4j.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// A layer's last inputs, the present one included: a ring of slots in one array, each a view made
/// once, which the operations read and write in place.
final class DelayLine {
    private final int width; // R
    private final INDArray ring; // [N, slots * R], column-major, so that a slot is contiguous
    private final INDArray[] slots; // [N, R] each

    DelayLine(int rows, int width, int length) {
        this.width = width;
        ring = Nd4j.create(DataType.FLOAT, new long[] {rows, (long) length * width}, 'f');
        slots = new INDArray[length];
        for (int s = 0; s < length; s++) {
            long from = (long) s * width;
            slots[s] = ring.get(NDArrayIndex.all(), interval(from, from + width));
        }
    }

    /// The input of that tick, `[N, R]`; of the ticks to come, where it will be.
    INDArray at(long tick) {
        return slots[Math.floorMod(tick, slots.length)];
    }

    /// Makes all inputs of a row the same.
    ///
    /// @param x `[R]`
    void fill(int row, float[] x) {
        var inputs = new float[slots.length * width];
        for (int s = 0; s < slots.length; s++) System.arraycopy(x, 0, inputs, s * width, width);
        ring.get(point(row), NDArrayIndex.all()).assign(Nd4j.createFromArray(inputs));
    }

    /// Takes over one row's inputs from a line that is `ahead` ticks further.
    void copyRow(int row, DelayLine from, int fromRow, long ahead) {
        int shift = Math.floorMod(ahead, slots.length);
        copyRow(row, 0, from, fromRow, shift, slots.length - shift);
        copyRow(row, slots.length - shift, from, fromRow, 0, shift);
    }

    private void copyRow(int row, long at, DelayLine from, int fromRow, long fromAt, long count) {
        if (count == 0) return;
        INDArray there =
                from.ring.get(point(fromRow), interval(fromAt * width, (fromAt + count) * width));
        ring.get(point(row), interval(at * width, (at + count) * width)).assign(there);
    }

    void close() {
        if (!ring.wasClosed()) ring.close();
    }
}
