package wavenet4j.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.data.Batch;
import wavenet4j.train.testing.TinyRun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The networks written for processors beside the one that autograd goes back through.
final class ProcessorNetworksTest {
    /// Some more rows than one thread passes over at once, and channels that fill no vector.
    private static final int TARGETS = 300;

    /// The two of them.
    enum Kind {
        FUSED,
        VECTOR;

        Loss network(ModelSpec spec, int threads) {
            return switch (this) {
                case FUSED -> new FusedNetwork(spec, threads > 1);
                case VECTOR -> new VectorNetwork(spec, threads);
            };
        }
    }

    /// Losses and gradients of one leaf.
    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record Outcome(float loss, float[] gradient) {}

    @ParameterizedTest
    @CsvSource({"1,0,1", "2,0,1", "3,0,2", "1,2,3", "2,2,1", "2,2,2", "3,2,3"})
    void lossAndGradientAreThoseOfAutograd(int kernelSize, int labels, int rows) {
        String[] names = Arrays.copyOf(new String[] {"a", "b"}, labels);
        ModelSpec spec = TinyRun.spec(16, kernelSize, List.of(1, 2, 4, 3), names);
        requireSame(spec, batch(spec, 16, rows), 1);
    }

    @Test
    void theMixturesToo() {
        ModelSpec spec =
                TinyRun.spec(new Distribution.LogisticMixture(3), 2, List.of(1, 2, 4, 3), "a", "b");
        requireSame(spec, batch(spec, 65_536, 2), 0.25f);
    }

    @Test
    void oneLayerIsTheLastLayer() {
        ModelSpec spec = TinyRun.spec(16, 2, List.of(5));
        requireSame(spec, batch(spec, 16, 2), 1);
    }

    /// Vectors are full here, and more channels than one vector has.
    @Test
    void widerChannelsThanAVector() {
        ModelSpec spec =
                new ModelSpec(
                        8000,
                        new Distribution.Categorical(32),
                        new DilatedConvolutions(48, 40, 24, 2, List.of(1, 2)),
                        new SampleHead(20),
                        Conditioning.NONE);
        requireSame(spec, batch(spec, 32, 2), 0.5f);
    }

    @ParameterizedTest
    @EnumSource
    void partsAddUp(Kind kind) {
        ModelSpec spec = TinyRun.spec(16, 2, List.of(1, 2));
        Batch first = batch(spec, 16, 1);
        Batch second = batch(spec, 16, 2);
        float[] weights = TrainingState.initial(spec, 3).weights();
        var network = kind.network(spec, 2);
        float[] one = learn(network, weights, 0.5f, first).gradient();
        float[] other = learn(network, weights, 0.5f, second).gradient();
        float[] both = learn(network, weights, 0.5f, first, second).gradient();
        for (int i = 0; i < both.length; i++) {
            assertThat(both[i]).isCloseTo(one[i] + other[i], within(1e-5f));
        }
    }

    /// Wide gates reach where tanh and sigmoid end.
    @ParameterizedTest
    @EnumSource
    void saturatedGatesStayFinite(Kind kind) {
        ModelSpec spec = TinyRun.spec(16, 2, List.of(1, 2));
        float[] weights = TrainingState.initial(spec, 3).weights();
        for (int i = 0; i < weights.length; i++) weights[i] *= 1000;
        Outcome outcome = learn(kind.network(spec, 1), weights, 1, batch(spec, 16, 1));
        assertThat(outcome.loss()).isFinite();
        for (float g : outcome.gradient()) assertThat(g).isFinite();
    }

    private static void requireSame(ModelSpec spec, Batch batch, float share) {
        float[] weights = TrainingState.initial(spec, 3).weights();
        Outcome expected = learn(new AutogradNetwork(spec)::loss, weights, share, batch);
        for (Kind kind : Kind.values()) {
            for (int threads : new int[] {1, 2, 3}) {
                requireSame(kind.network(spec, threads), weights, batch, share, expected);
            }
        }
    }

    private static void requireSame(
            Loss network, float[] weights, Batch batch, float share, Outcome expected) {
        double size = 0;
        for (float g : expected.gradient()) size = Math.max(size, Math.abs(g));
        // The second time the arrays hold values of the first.
        for (int time = 0; time < 2; time++) {
            Outcome actual = learn(network, weights, share, batch);
            assertThat(actual.loss()).isCloseTo(expected.loss(), within(2e-5f));
            assertThat(actual.gradient()).hasSameSizeAs(expected.gradient());
            for (int i = 0; i < actual.gradient().length; i++) {
                assertThat(actual.gradient()[i])
                        .as("weight %d", i)
                        .isCloseTo(expected.gradient()[i], within((float) (2e-5 * size + 1e-6)));
            }
        }
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float loss = network.of(manager.create(weights), batch).getFloat() * share;
            assertThat(loss).isCloseTo(expected.loss(), within(2e-5f));
        }
    }

    /// Also where it is odd, so that sums over rows must not depend on who computes them.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void theNumberOfThreadsChangesNoBit(int threads) {
        ModelSpec spec = TinyRun.spec(16, 3, List.of(1, 2, 50), "a", "b");
        Batch batch = batch(spec, 16, 3);
        float[] weights = TrainingState.initial(spec, 3).weights();
        Outcome one = learn(new VectorNetwork(spec, 1), weights, 1, batch);
        Outcome several = learn(new VectorNetwork(spec, threads), weights, 1, batch);
        assertThat(several.loss()).isEqualTo(one.loss());
        assertThat(several.gradient()).isEqualTo(one.gradient());
    }

    /// A window shorter than a dilation, and blocks that begin with any window of a batch.
    @Test
    void longDilationsAndManyWindows() {
        ModelSpec spec = TinyRun.spec(16, 3, List.of(400, 1, 170), "a", "b");
        requireSame(spec, batch(spec, 16, 3), 1);
        List<int[]> windows = new ArrayList<>();
        for (int row = 0; row < 37; row++) {
            windows.add(TinyRun.noise(spec.receptiveField() + 1 + row, 16, row));
        }
        requireSame(spec, TinyRun.batch(spec, windows, new float[2 * 37], 0), 1);
    }

    private static Outcome learn(Loss network, float[] weights, float share, Batch... parts) {
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = manager.create(weights);
            leaf.setRequiresGradient(true);
            float loss = 0;
            try (var gradients = Engine.getInstance().newGradientCollector()) {
                for (Batch part : parts) {
                    loss += network.backpropagate(leaf, part, share, gradients);
                }
            }
            return new Outcome(loss, leaf.getGradient().toFloatArray());
        }
    }

    private static Batch batch(ModelSpec spec, int levels, int rows) {
        int field = spec.receptiveField();
        List<int[]> windows =
                List.of(
                                TinyRun.noise(field + TARGETS, levels, 1),
                                TinyRun.noise(field + TARGETS - 7, levels, 2),
                                TinyRun.noise(field + 1, levels, 3))
                        .subList(0, rows);
        float[] labels =
                spec.labels().names().isEmpty()
                        ? new float[0]
                        : Arrays.copyOf(new float[] {0, 1, 1, 1, 0, 0}, 2 * rows);
        return TinyRun.batch(spec, windows, labels, 0);
    }
}
