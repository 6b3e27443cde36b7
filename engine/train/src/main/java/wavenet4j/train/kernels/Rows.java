package wavenet4j.train.kernels;

import java.util.Arrays;

/// A matrix in an array, or a part of its rows and columns. Columns are padded with zeros to a
/// multiple of [Products#PANEL], so that no kernel has a rest of columns.
///
/// @param at index of the first value
/// @param stride floats from one row to the next; 0 where all rows are the same
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record Rows(float[] values, int at, int stride) {
    /// The whole of a matrix.
    public Rows(float[] values, int stride) {
        this(values, 0, stride);
    }

    /// The rows from that one on.
    public Rows from(int row) {
        return new Rows(values, at + row * stride, stride);
    }

    /// The columns from that one on.
    public Rows right(int column) {
        return new Rows(values, at + column, stride);
    }

    /// Copies the first rows of another matrix here.
    public void copy(Rows other, int columns, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(
                    other.values,
                    other.at + row * other.stride,
                    values,
                    at + row * stride,
                    columns);
        }
    }

    /// Sets the first rows to 0.
    public void clear(int columns, int rows) {
        for (int row = 0; row < rows; row++) {
            int begin = at + row * stride;
            Arrays.fill(values, begin, begin + columns, 0);
        }
    }
}
