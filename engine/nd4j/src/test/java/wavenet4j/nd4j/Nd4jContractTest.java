package wavenet4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.backend.Backend;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Picker;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;
import wavenet4j.testing.GeneratorContract;
import wavenet4j.testing.NetworkCases;
import wavenet4j.testing.TestModels;

import java.util.Set;

final class Nd4jContractTest extends GeneratorContract {
    private static final int SAMPLES = 800;

    @Override
    public Backend backend() {
        return new Nd4jBackend();
    }

    /// An operation of ND4J takes some microseconds, so takes are short.
    @Override
    public int takeOf(int samples) {
        return Math.min(samples, 150);
    }

    /// OpenBLAS sums in an order that depends on the processor, so now and then a draw that falls
    /// on the very border of two levels goes to the other one. With the same history the reference
    /// agrees in all other samples.
    @Override
    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    public void levelsAreTheReferences(ModelSpec spec) {
        if (spec.distribution() instanceof Distribution.LogisticMixture) {
            super.levelsAreTheReferences(spec);
            return;
        }
        var model = TestModels.random(spec, 1);
        var picker = Picker.of(spec.distribution());
        for (var sampling : samplings(spec)) {
            var take = new Take(-11, sampling, Set.copyOf(spec.labels().names()));
            try (var generator = open(model, Precision.FLOAT32);
                    var reference = new ReferenceBackend().open(model, Precision.FLOAT32, 1)) {
                generator.reset(take);
                reference.reset(take);
                int[] levels = generate(generator, SAMPLES);
                int others = 0;
                for (int t = 0; t < SAMPLES; t++) {
                    float uniform = Philox.uniform(take.seed(), t, 0);
                    int expected = picker.pick(logits(reference), sampling, uniform);
                    if (levels[t] != expected) others++;
                    reference.prime(levels, t, t + 1);
                }
                assertThat(others).as("levels that are not the reference's").isLessThan(3);
            }
        }
    }
}
