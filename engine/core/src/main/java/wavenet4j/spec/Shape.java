package wavenet4j.spec;

import java.util.List;

/// The dimensions of a tensor, slowest first.
public record Shape(List<Integer> dimensions) {
    public Shape {
        dimensions = List.copyOf(dimensions);
        for (int dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "a shape has the negative dimension " + dimension);
            }
        }
    }

    /// A shape of these dimensions, slowest first.
    public static Shape of(Integer... dimensions) {
        return new Shape(List.of(dimensions));
    }

    /// The number of values of a tensor of this shape, saturating at `Long.MAX_VALUE`.
    public long size() {
        long size = 1;
        for (int dimension : dimensions) {
            if (dimension == 0) return 0;
            size = size > Long.MAX_VALUE / dimension ? Long.MAX_VALUE : size * dimension;
        }
        return size;
    }

    /// The number of inputs that add up to one output, when this is the shape (out, in, ...) of a
    /// weight.
    public int fanIn() {
        int product = 1;
        for (int dimension : dimensions.subList(1, dimensions.size())) product *= dimension;
        return product;
    }

    /// As `[128, 64, 2]`.
    @Override
    public String toString() {
        return dimensions.toString();
    }
}
