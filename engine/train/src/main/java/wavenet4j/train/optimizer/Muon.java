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
/// of a matrix is its mean gradient made orthogonal, so that every direction in it is learned at
/// the same pace, not only the few with large gradients.
///
/// It is for the matrices between channels. The input, the biases, the labels' embeddings and the
/// last product, whose rows are levels, stay with Adam.
public final class Muon {
    private static final int ITERATIONS = 5;

    /// With it the root mean square of a step is that of a typical step of Adam, so that one
    /// learning rate serves both (Liu et al., "Muon is Scalable for LLM Training", 2025).
    private static final float RMS_OF_ADAM = 0.2f;

    // Of the quintic that takes singular values from 0 to 1 to near 1 the fastest (Jordan).
    private static final float A = 3.4445f;
    private static final float B = -4.7750f;
    private static final float C = 2.0315f;

    private static final float LEAST_NORM = 1e-7f; // where there is no gradient

    /// By shape, as those of one shape are made orthogonal together.
    private final Map<wavenet4j.spec.Shape, List<TensorSpan>> matrices;

    Muon(ModelSpec spec) {
        matrices =
                TensorSpan.all(spec).stream()
                        .filter(Muon::isWithin)
                        .collect(
                                groupingBy(
                                        span -> span.tensor().shape(),
                                        LinkedHashMap::new,
                                        toList()));
    }

    private static boolean isWithin(TensorSpan span) {
        Role role = span.tensor().role();
        return role == Role.WEIGHT || role == Role.LABEL_WEIGHT;
    }

    /// Puts the steps of the matrices in the place of others.
    ///
    /// @param means of the gradients of all weights, end to end
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

    /// The same singular vectors with singular values of about 1, by an iteration after Newton and
    /// Schulz.
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
