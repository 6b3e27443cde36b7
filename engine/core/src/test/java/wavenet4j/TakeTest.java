package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import wavenet4j.distribution.Sampling;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

final class TakeTest {
    @Test
    void aPlainNameIsAWholeLabel() {
        assertThat(new Take(1, Sampling.DEFAULT, Set.of("b", "a")))
                .isEqualTo(new Take(1, Sampling.DEFAULT, Map.of("a", 1f, "b", 1f)));
        assertThat(Take.ofSeed(1)).isEqualTo(new Take(1, Sampling.DEFAULT, Set.of()));
    }

    @Test
    void laterChangesOfTheMapDoNotReachIt() {
        var labels = new HashMap<String, Float>(Map.of("a", 0.5f));
        var take = new Take(1, Sampling.DEFAULT, labels);
        labels.put("b", 1f);
        assertThat(take.labels()).isEqualTo(Map.of("a", 0.5f));
    }

    @Test
    void aShareIsAFiniteNumber() {
        for (float share : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Take(1, Sampling.DEFAULT, Map.of("digit=7", share)))
                    .withMessageContaining("\"digit=7\" is " + share)
                    .withMessageContaining("finite number");
        }
    }
}
