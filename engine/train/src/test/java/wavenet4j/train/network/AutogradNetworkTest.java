package wavenet4j.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Sampling;
import wavenet4j.info.ModelInfo;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.data.Batch;
import wavenet4j.train.testing.TinyRun;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

final class AutogradNetworkTest {
    /// Float32 sums of some tens of terms of order 1, in another order.
    private static final float TOLERANCE = 2e-5f;

    private static final Distribution MIXTURE = new Distribution.LogisticMixture(3);

    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "3,0", "1,2", "2,2", "3,2"})
    void logitsAreTheReferenceGeneratorsWhateverThePadding(int kernelSize, int labels) {
        String[] names = Arrays.copyOf(new String[] {"a", "b"}, labels);
        ModelSpec spec = TinyRun.spec(16, kernelSize, List.of(1, 2, 4, 3), names);
        TrainingState state = TrainingState.initial(spec, 3);
        int field = spec.receptiveField();
        List<int[]> rows =
                List.of(
                        TinyRun.noise(field + 9, 16, 1),
                        TinyRun.noise(field + 4, 16, 2),
                        TinyRun.noise(field + 1, 16, 3));
        List<Set<String>> taken =
                labels == 0
                        ? List.of(Set.of(), Set.of(), Set.of())
                        : List.of(Set.of(), Set.of("b"), Set.of("a", "b"));
        float[] hot = labels == 0 ? new float[0] : new float[] {0, 0, 0, 1, 1, 1};

        for (int padding : new int[] {0, 8, 15}) {
            Batch batch = TinyRun.batch(spec, rows, hot, padding);
            float[] logits = outputs(spec, state.weights(), batch);
            for (int row = 0; row < rows.size(); row++) {
                float[][] expected = reference(spec, state, rows.get(row), taken.get(row));
                for (int t = 0; t < expected.length; t++) {
                    int at = (t * rows.size() + row) * 16;
                    assertThat(Arrays.copyOfRange(logits, at, at + 16))
                            .as("row %d, target %d", row, t)
                            .containsExactly(expected[t], within(TOLERANCE));
                }
            }
        }
    }

    /// Amplitudes up to 1 come in tenfold.
    @Test
    void outputsOfAMixtureAreTheReferenceGeneratorsToo() {
        ModelSpec spec = TinyRun.spec(MIXTURE, 2, List.of(1, 2, 4, 3), "a", "b");
        TrainingState state = TrainingState.initial(spec, 3);
        int field = spec.receptiveField();
        List<int[]> rows =
                List.of(TinyRun.noise(field + 9, 65_536, 1), TinyRun.noise(field + 4, 65_536, 2));
        Batch batch = TinyRun.batch(spec, rows, new float[] {0, 1, 1, 1}, 65_535);
        float[] outputs = outputs(spec, state.weights(), batch);
        List<Set<String>> taken = List.of(Set.of("b"), Set.of("a", "b"));
        for (int row = 0; row < rows.size(); row++) {
            float[][] expected = reference(spec, state, rows.get(row), taken.get(row));
            for (int t = 0; t < expected.length; t++) {
                int at = (t * rows.size() + row) * MIXTURE.width();
                assertThat(Arrays.copyOfRange(outputs, at, at + MIXTURE.width()))
                        .as("row %d, target %d", row, t)
                        .containsExactly(expected[t], within(TOLERANCE));
            }
        }
    }

    @Test
    void oneLayerIsTheLastLayer() {
        ModelSpec spec = TinyRun.spec(16, 2, List.of(5));
        TrainingState state = TrainingState.initial(spec, 9);
        int[] levels = TinyRun.noise(spec.receptiveField() + 3, 16, 4);
        float[] logits =
                outputs(
                        spec,
                        state.weights(),
                        TinyRun.batch(spec, List.of(levels), new float[0], 0));
        float[][] expected = reference(spec, state, levels, Set.of());
        for (int t = 0; t < 3; t++) {
            assertThat(Arrays.copyOfRange(logits, t * 16, t * 16 + 16))
                    .containsExactly(expected[t], within(TOLERANCE));
        }
    }

    /// Every input has a level of its own, so that the gradient of a level's embedding is that of
    /// one moment.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aTargetDependsOnItsReceptiveFieldAlone(int kernelSize) {
        List<Integer> dilations = List.of(1, kernelSize, kernelSize * kernelSize, 2);
        int moments = 70;
        ModelSpec spec = TinyRun.spec(moments + 1, kernelSize, dilations);
        int field = spec.receptiveField();
        int[] levels = IntStream.rangeClosed(0, moments).toArray();
        Batch batch = TinyRun.batch(spec, List.of(levels), new float[0], 0);
        var network = new AutogradNetwork(spec);
        float[] weights = smooth(spec);
        int residual = spec.convolutions().residual();
        for (int target : new int[] {0, 1, batch.targets() / 2, batch.targets() - 1}) {
            float[] gradient =
                    gradient(
                            weights,
                            leaf ->
                                    network.outputs(leaf, batch)
                                            .get(new NDIndex().addIndices(target))
                                            .square()
                                            .sum());
            for (int t = 0; t <= moments; t++) {
                double size = 0;
                for (int r = 0; r < residual; r++) {
                    size += Math.abs(gradient[t * residual + r]);
                }
                // The target's inputs are those at target .. target + field - 1.
                if (t >= target && t < target + field) {
                    assertThat(size).as("target %d, input %d", target, t).isPositive();
                } else {
                    assertThat(size).as("target %d, input %d", target, t).isZero();
                }
            }
        }
    }

    @Test
    void lossIsTheMeanCrossEntropyOfTheTargetsThatCount() {
        ModelSpec spec = TinyRun.spec(16, 2, List.of(1, 2, 4));
        TrainingState state = TrainingState.initial(spec, 1);
        int field = spec.receptiveField();
        List<int[]> rows =
                List.of(TinyRun.noise(field + 12, 16, 5), TinyRun.noise(field + 3, 16, 6));
        double nats = 0;
        for (int[] levels : rows) {
            float[][] logits = reference(spec, state, levels, Set.of());
            for (int t = 0; t < logits.length; t++) {
                double sum = 0;
                for (float logit : logits[t]) sum += Math.exp(logit);
                nats += Math.log(sum) - logits[t][levels[field + t]];
            }
        }
        for (int padding : new int[] {0, 7}) {
            Batch batch = TinyRun.batch(spec, rows, new float[0], padding);
            assertThat(batch.targetCount()).isEqualTo(15);
            assertThat(loss(spec, state.weights(), batch)).isCloseTo(nats / 15, within(1e-5));
        }
    }

    @Test
    void lossOfAMixtureIsItsMeanNegativeLogLikelihood() {
        ModelSpec spec = TinyRun.spec(MIXTURE, 2, List.of(1, 2, 4));
        TrainingState state = TrainingState.initial(spec, 1);
        int field = spec.receptiveField();
        List<int[]> rows =
                List.of(TinyRun.noise(field + 12, 65_536, 5), TinyRun.noise(field + 3, 65_536, 6));
        double nats = 0;
        for (int[] levels : rows) {
            float[][] outputs = reference(spec, state, levels, Set.of());
            for (int t = 0; t < outputs.length; t++) {
                nats -= MIXTURE.logProbability(outputs[t], levels[field + t]);
            }
        }
        Batch batch = TinyRun.batch(spec, rows, new float[0], 0);
        assertThat(loss(spec, state.weights(), batch)).isCloseTo(nats / 15, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"16,3,3", "16,2,1", "16,1,2", "16,1,1", "65536,2,3", "65536,1,1"})
    void gradientIsTheSlopeOfTheLoss(int levels, int kernelSize, int layers) {
        Distribution output = levels == 65_536 ? MIXTURE : new Distribution.Categorical(levels);
        ModelSpec spec =
                TinyRun.spec(output, kernelSize, List.of(1, 2, 4).subList(0, layers), "a", "b");
        float[] weights = smooth(spec);
        int field = spec.receptiveField();
        List<int[]> rows =
                List.of(TinyRun.noise(field + 40, levels, 5), TinyRun.noise(field + 30, levels, 6));
        Batch batch = TinyRun.batch(spec, rows, new float[] {1, 0, 1, 1}, 8);
        float[] gradient = gradient(weights, leaf -> new AutogradNetwork(spec).loss(leaf, batch));

        int from = 0;
        for (var tensor : spec.shapes().entrySet()) {
            int to = from + (int) tensor.getValue().size();
            int steepest = from; // where rounding matters least
            for (int i = from; i < to; i++) {
                if (Math.abs(gradient[i]) > Math.abs(gradient[steepest])) steepest = i;
            }
            float[] moved = weights.clone();
            // Where the loss is steep it is curved too; elsewhere rounding wants a longer step.
            float step = Math.abs(gradient[steepest]) > 0.1 ? 0.002f : 0.01f;
            moved[steepest] = weights[steepest] + step;
            double above = loss(spec, moved, batch);
            moved[steepest] = weights[steepest] - step;
            double below = loss(spec, moved, batch);
            double slope = (above - below) / (2 * step);
            assertThat((double) gradient[steepest])
                    .as(tensor.getKey())
                    .isCloseTo(slope, within(1e-4 + 0.02 * Math.abs(slope)));
            from = to;
        }
        assertThat(from).isEqualTo(weights.length);
    }

    /// Weights whose rectifiers are all open, so that every path carries a gradient and the loss
    /// has no kinks.
    private static float[] smooth(ModelSpec spec) {
        float[] weights = TrainingState.initial(spec, 5).weights();
        int at = 0;
        for (var tensor : spec.shapes().entrySet()) {
            String name = tensor.getKey();
            boolean rectified = name.endsWith("skip.bias") || name.equals("head.hidden.bias");
            for (int i = 0; i < tensor.getValue().size(); i++) {
                if (rectified) weights[at] += 2;
                at++;
            }
        }
        return weights;
    }

    private static float[][] reference(
            ModelSpec spec, TrainingState state, int[] levels, Set<String> labels) {
        int field = spec.receptiveField();
        var logits = new float[levels.length - field][spec.distribution().width()];
        var model = new Model(spec, state.averagedWeights(spec), Precision.FLOAT32, ModelInfo.NONE);
        try (var generator = new ReferenceBackend().open(model, Precision.FLOAT32, 1)) {
            generator.reset(new Take(0, Sampling.DEFAULT, labels));
            generator.prime(levels, 0, field - 1);
            for (int t = 0; t < logits.length; t++) {
                generator.prime(levels, field - 1 + t, field + t);
                generator.outputs(logits[t]);
            }
        }
        return logits;
    }

    private static float[] outputs(ModelSpec spec, float[] weights, Batch batch) {
        try (var manager = NDManager.newBaseManager();
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return new AutogradNetwork(spec).outputs(manager.create(weights), batch).toFloatArray();
        }
    }

    private static double loss(ModelSpec spec, float[] weights, Batch batch) {
        try (var manager = NDManager.newBaseManager();
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return new AutogradNetwork(spec).loss(manager.create(weights), batch).getFloat();
        }
    }

    private static float[] gradient(float[] weights, Function<NDArray, NDArray> function) {
        try (var manager = NDManager.newBaseManager();
                var scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = manager.create(weights);
            leaf.setRequiresGradient(true);
            try (var gradients = Engine.getInstance().newGradientCollector()) {
                gradients.backward(function.apply(leaf));
            }
            return leaf.getGradient().toFloatArray();
        }
    }
}
