package wavenet4j.train.optimizer;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

import wavenet4j.ModelSpec;
import wavenet4j.spec.TensorSpec.Role;
import wavenet4j.train.network.TensorSpan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Muon (Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024): the step
/// of a matrix is its mean gradient orthogonalized, so that it is equally large in every direction,
/// not only in the few with large gradients.
///
/// It is for the matrices between channels. Embeddings, biases and the output layer, whose rows are
/// levels, are left to Adam.
final class Muon {
    private static final int ITERATIONS = 5;

    /// The root mean square of a typical step of Adam: scaled to it, both take one learning rate
    /// (Liu et al., "Muon is Scalable for LLM Training", 2025).
    private static final float RMS_OF_ADAM = 0.2f;

    // Coefficients of the quintic that moves singular values in (0, 1] to near 1 the fastest
    // (Jordan).
    private static final float A = 3.4445f;
    private static final float B = -4.7750f;
    private static final float C = 2.0315f;

    private static final float LEAST_NORM = 1e-7f; // avoids a division by 0

    /// By shape, as those of one shape are orthogonalized in one batch.
    private final Map<wavenet4j.spec.Shape, List<TensorSpan>> matrices;

    Muon(ModelSpec spec) {
        matrices =
                TensorSpan.all(spec).stream()
                        .filter(Muon::isBetweenChannels)
                        .collect(
                                groupingBy(
                                        span -> span.tensor().shape(),
                                        LinkedHashMap::new,
                                        toList()));
    }

    private static boolean isBetweenChannels(TensorSpan span) {
        Role role = span.tensor().role();
        return role == Role.WEIGHT || role == Role.LABEL_WEIGHT;
    }

    /// Replaces the steps of the matrices.
    ///
    /// @param means the mean gradients of all weights, end to end
    /// @param steps of all weights, before the learning rate
    void replace(NDArray means, NDArray steps) {
        matrices.forEach((shape, spans) -> {
            int rows = shape.dimensions().getFirst();
            int columns = shape.fanIn();
            var alike = new NDList();
            for (TensorSpan span : spans) {
                alike.add(means.get(span.slice()).reshape(rows, columns));
            }
            float scale = (float) (RMS_OF_ADAM * Math.sqrt(Math.max(rows, columns)));
            NDArray orthogonal = orthogonal(NDArrays.stack(alike)).muli(scale);
            for (int i = 0; i < spans.size(); i++) {
                steps.set(spans.get(i).slice(), orthogonal.get(i).flatten());
            }
        });
    }

    /// Matrices with the same singular vectors and singular values of about 1, by a Newton-Schulz
    /// iteration.
    ///
    /// @param matrices [n, rows, columns]
    static NDArray orthogonal(NDArray matrices) {
        Shape shape = matrices.getShape();
        boolean tall = shape.get(1) > shape.get(2);
        NDArray x = tall ? matrices.transpose(0, 2, 1) : matrices; // the smaller products
        NDArray norms = x.square().sum(new int[] {1, 2}, true).sqrt();
        x = x.div(norms.addi(LEAST_NORM)); // no singular value is above the norm
        for (int i = 0; i < ITERATIONS; i++) {
            NDArray xx = x.matMul(x.transpose(0, 2, 1));
            NDArray polynomial = xx.matMul(xx).muli(C).addi(xx.muli(B));
            x = polynomial.matMul(x).addi(x.mul(A));
        }
        return tall ? x.transpose(0, 2, 1) : x;
    }
}
