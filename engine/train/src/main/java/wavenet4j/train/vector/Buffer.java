package wavenet4j.train.vector;

import wavenet4j.train.kernels.Products;
import wavenet4j.train.kernels.Rows;

/// A matrix whose memory stays from step to step.
final class Buffer {
    private final int stride;
    private float[] values = new float[0];

    /// @param columns with padding
    Buffer(int columns) {
        stride = Products.stride(columns);
    }

    /// Makes room for that many rows, with values of no meaning but for zeros in all padding.
    void resize(int rows) {
        int size = Math.multiplyExact(rows, stride);
        if (values.length < size) values = new float[size];
    }

    Rows rows() {
        return new Rows(values, stride);
    }

    /// A matrix of zeros.
    static Rows of(int rows, int columns) {
        var buffer = new Buffer(columns);
        buffer.resize(rows);
        return buffer.rows();
    }
}
