package wavenet4j.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.train.testing.TinyRun;

import java.util.List;
import java.util.Random;

final class MuonTest {
    /// As near to 1 as the quintic's coefficients take them.
    private static final double LEAST = 0.6;

    private static final double MOST = 1.25;

    private static NDArray random(NDManager manager, int seed, long... shape) {
        var random = new Random(seed);
        var values = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
        return manager.create(values, new Shape(shape));
    }

    /// Of a diagonal matrix the singular values are to be seen.
    @Test
    void singularValuesBecomeAboutOne() {
        try (var manager = NDManager.newBaseManager()) {
            var diagonal = manager.zeros(new Shape(1, 4, 6));
            float[] values = {30, -4, 1, 0.5f};
            for (int i = 0; i < values.length; i++) diagonal.set(index(0, i, i), values[i]);
            NDArray result = Muon.orthogonal(diagonal);
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 6; j++) {
                    double value = result.getFloat(0, i, j) * Math.signum(values[i]);
                    if (i == j) assertThat(value).isBetween(LEAST, MOST);
                    else assertThat(value).isZero();
                }
            }
        }
    }

    private static NDIndex index(long... at) {
        return new NDIndex(at);
    }

    /// Turning the channels turns the step with them, wide or tall, each matrix for itself.
    @ParameterizedTest
    @CsvSource({"6, 9", "9, 6", "7, 7", "1, 5", "5, 1"})
    void onlyTheSingularValuesChange(int rows, int columns) {
        try (var manager = NDManager.newBaseManager()) {
            NDArray matrices = random(manager, 1, 3, rows, columns);
            NDArray axis = random(manager, 2, rows, 1);
            axis = axis.div(axis.square().sum().sqrt());
            // Householder's reflection
            NDArray turn = manager.eye(rows).sub(axis.matMul(axis.transpose()).mul(2));
            NDArray plain = Muon.orthogonal(matrices);
            NDArray turned = Muon.orthogonal(turn.matMul(matrices));
            requireClose(turned, turn.matMul(plain));
            requireClose(Muon.orthogonal(matrices.mul(1e-3f)), plain);
            requireClose(Muon.orthogonal(matrices.get("1:2")), plain.get("1:2"));
            // The squares of the singular values add up to that of the norm.
            double squares = plain.square().sum().getFloat() / (3.0 * Math.min(rows, columns));
            assertThat(Math.sqrt(squares)).isBetween(LEAST, MOST);
        }
    }

    private static void requireClose(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        assertThat((double) actual.sub(expected).abs().max().getFloat()).isCloseTo(0, within(1e-3));
    }

    @Test
    void onlyMatricesWithinTheNetworkAreItsOwn() {
        requireOwn(TinyRun.spec(16, 2, List.of(1, 2), "a", "b"));
        requireOwn(TinyRun.spec(new Distribution.LogisticMixture(3), 3, List.of(1)));
    }

    private static void requireOwn(ModelSpec spec) {
        try (var manager = NDManager.newBaseManager()) {
            NDArray steps = manager.ones(new Shape(spec.parameters())).muli(77);
            new Muon(spec).replace(random(manager, 3, spec.parameters()), steps);
            long start = 0;
            for (var tensor : spec.shapes().entrySet()) {
                long end = start + tensor.getValue().size();
                NDArray its = steps.get(start + ":" + end);
                boolean own =
                        tensor.getKey().endsWith(".weight")
                                && !tensor.getKey().equals("head.output.weight")
                                && !tensor.getKey().equals("input.weight");
                assertThat(its.eq(77).all().getBoolean()).as(tensor.getKey()).isEqualTo(!own);
                if (own) {
                    double rms = Math.sqrt(its.square().mean().getFloat());
                    assertThat(rms).as(tensor.getKey()).isCloseTo(0.2, within(0.06));
                }
                start = end;
            }
        }
    }

    @Test
    void noGradientMovesNothing() {
        try (var manager = NDManager.newBaseManager()) {
            NDArray none = manager.zeros(new Shape(2, 3, 4));
            assertThat(Muon.orthogonal(none)).isEqualTo(none);
        }
    }
}
