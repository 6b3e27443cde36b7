package wavenet4j.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/// An operation of ND4J with its operands set beforehand, to be run any number of times. A run
/// makes no array; what ND4J's way to its native code leaves on the Java heap is about 460 bytes,
/// and 700 on average where operands change from tick to tick.
final class Operation {
    private final DynamicCustomOp op;
    private final OpContext context = Nd4j.getExecutioner().buildContext();

    Operation(String name, INDArray output, INDArray... inputs) {
        op = DynamicCustomOp.builder(name).build();
        for (int i = 0; i < inputs.length; i++) context.setInputArray(i, inputs[i]);
        context.setOutputArray(0, output);
    }

    /// `z = x * y`
    static Operation product(INDArray z, INDArray x, INDArray y) {
        return product(z, x, y, 0);
    }

    /// `z += x * y`
    static Operation addedProduct(INDArray z, INDArray x, INDArray y) {
        return product(z, x, y, 1);
    }

    private static Operation product(INDArray z, INDArray x, INDArray y, double beta) {
        var product = new Operation("matmul", z, x, y);
        product.context.setTArguments(1, beta);
        product.context.setIArguments(0, 0, 0); // nothing is transposed
        return product;
    }

    /// `x += y`, where `y` may be one row for all.
    static Operation add(INDArray x, INDArray y) {
        return new Operation("add", x, x, y);
    }

    /// Each row of `z` is the row of the table that the index names.
    static Operation rows(INDArray z, INDArray table, INDArray indexes) {
        var rows = new Operation("gather", z, table, indexes);
        rows.context.setIArguments(0); // of the first dimension
        return rows;
    }

    /// `x = max(x, 0)`
    static Operation rectify(INDArray x) {
        var rectify = new Operation("relu", x, x);
        rectify.context.setTArguments(0);
        return rectify;
    }

    /// Another array for an input, of the same shape.
    Operation from(int input, INDArray array) {
        context.setInputArray(input, array);
        return this;
    }

    /// Another array for the output, of the same shape.
    Operation to(INDArray array) {
        context.setOutputArray(0, array);
        return this;
    }

    void run() {
        Nd4j.getExecutioner().exec(op, context);
    }
}
