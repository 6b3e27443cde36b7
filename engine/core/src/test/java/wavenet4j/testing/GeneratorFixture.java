package wavenet4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Assumptions;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Picker;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.util.List;

/// A backend under test, what is asked of its generators, and what is asserted of the answers.
public interface GeneratorFixture {
    /// How far a logit may lie from the reference's, as a share of the largest logit (at least 1).
    /// Sums in another order and approximated gates stay well inside; a mistake does not.
    double TOLERANCE = 1e-4;

    /// [#TOLERANCE] of an amplitude, in 16-bit levels.
    int NEIGHBOURS = 4;

    /// The backend under test.
    Backend backend();

    /// How far a logit may lie from the reference's on weights of that precision, which the
    /// reference's are rounded to; more than [#TOLERANCE] where a backend rounds other numbers too.
    default double tolerance(Precision precision) {
        return TOLERANCE;
    }

    /// How long a take is of which more samples only make the test sharper: `samples` of them, or
    /// fewer where each takes its time.
    default int takeOf(int samples) {
        return samples;
    }

    /// A generator of a seeded random network of that shape.
    default Generator open(ModelSpec spec) {
        return open(TestModels.random(spec, 1), Precision.FLOAT32);
    }

    /// A generator of the backend under test; skips the test where it cannot run.
    default Generator open(Model model, Precision precision) {
        if (backend().probe(model.spec()) instanceof Missing(var reason, var remedy)) {
            return Assumptions.abort(
                    "%s is missing: %s (%s)".formatted(backend().name(), reason, remedy));
        }
        return backend().open(model, precision, 1);
    }

    /// The next `count` levels.
    default int[] generate(Generator generator, int count) {
        var levels = new int[count];
        generator.generate(levels, 0, count);
        return levels;
    }

    /// The logits of the next sample.
    default float[] logits(Generator generator) {
        var logits = new float[generator.model().spec().distribution().width()];
        generator.outputs(logits);
        return logits;
    }

    /// Asserts that logits are the expected ones within [#TOLERANCE].
    default void assertClose(float[] actual, float[] expected) {
        assertClose(actual, expected, TOLERANCE);
    }

    default void assertClose(float[] actual, float[] expected, double tolerance) {
        double largest = 1;
        for (float logit : expected) largest = Math.max(largest, Math.abs(logit));
        assertThat(actual).hasSameSizeAs(expected);
        for (int q = 0; q < expected.length; q++) {
            assertThat((double) actual[q])
                    .as("the logit of level %s", q)
                    .isCloseTo(expected[q], within(tolerance * largest));
        }
    }

    /// Asserts that levels are what the reference draws next, which then stands behind them.
    ///
    /// Among the 65,536 levels of a mixture, the last bits of a sum, which a backend may form in an
    /// order of its own, move a pick to a neighbour now and then. There each level has to be within
    /// [#NEIGHBOURS] of what the reference draws after the same history.
    ///
    /// @param take of which they are a part
    /// @param position of the first of them in the take
    default void assertReferences(int[] levels, Generator reference, Take take, int position) {
        Distribution output = reference.model().spec().distribution();
        if (output instanceof Distribution.Categorical) {
            assertThat(levels).isEqualTo(generate(reference, levels.length));
            return;
        }
        var picker = Picker.of(output);
        for (int t = 0; t < levels.length; t++) {
            float uniform = Philox.uniform(take.seed(), position + t, 0);
            int expected = picker.pick(logits(reference), take.sampling(), uniform);
            assertThat(levels[t]).as("level %s", t).isCloseTo(expected, within(NEIGHBOURS));
            reference.prime(levels, t, t + 1);
        }
    }

    /// Ways to draw from such a network.
    default List<Sampling> samplings(ModelSpec spec) {
        return spec.distribution() instanceof Distribution.Categorical
                ? List.of(Sampling.DEFAULT, new Sampling(0.8f, 9, 0.95f))
                : List.of(Sampling.DEFAULT, new Sampling(0.8f, 0, 1));
    }
}
