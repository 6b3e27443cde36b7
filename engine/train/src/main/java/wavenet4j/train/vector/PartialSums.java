package wavenet4j.train.vector;

import wavenet4j.train.kernels.Rows;

import java.util.Arrays;

/// A sum over rows that each part of the rows adds its share to, so that no two threads write the
/// same array.
final class PartialSums {
    private static final int CHUNK = 1024; // values that stay in a core's nearest cache

    private final Workers workers;
    private final float[][] parts;
    private final int size;
    private final int columns;

    /// @param rows of the sum, a matrix
    PartialSums(Workers workers, int rows, int columns) {
        this.workers = workers;
        parts = new float[workers.parts()][0]; // made when they are first written
        size = rows * columns;
        this.columns = columns;
    }

    /// The sum of a part of the rows.
    Rows of(int part) {
        if (parts[part].length < size) parts[part] = new float[size];
        return new Rows(parts[part], columns);
    }

    /// Where a sum goes.
    interface Target {
        /// Takes some values.
        ///
        /// @param from index of the first of some values of the matrix, row after row
        /// @param sum the first `count` are theirs
        void add(int from, int count, float[] sum);
    }

    /// Gives the whole sum out, and begins again with 0.
    void drain(Target target) {
        workers.eachPart(slice -> {
            int end = end(slice);
            var sum = new float[CHUNK];
            for (int from = end(slice - 1); from < end; from += CHUNK) {
                int count = Math.min(CHUNK, end - from);
                take(from, count, sum);
                target.add(from, count, sum);
            }
        });
    }

    private int end(int slice) {
        return (int) ((slice + 1L) * size / parts.length);
    }

    private void take(int from, int count, float[] sum) {
        Arrays.fill(sum, 0);
        for (float[] part : parts) {
            if (part.length < size) continue;
            for (int i = 0; i < count; i++) sum[i] += part[from + i];
            Arrays.fill(part, from, from + count, 0);
        }
    }
}
