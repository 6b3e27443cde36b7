package wavenet4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.backend.Backend.Availability.Ready;
import wavenet4j.backend.Backends;

import java.util.Arrays;

class Nd4jLoopTest {
    private final Nd4jLoop benchmark = new Nd4jLoop();

    @BeforeEach
    void skipWithoutNatives() {
        var spec = ReferenceShape.SMALL.spec();
        boolean ready =
                Backends.installed().stream()
                        .filter(backend -> backend.name().equals("nd4j"))
                        .anyMatch(backend -> backend.probe(spec) instanceof Ready);
        assumeTrue(ready, "ND4J has no natives for this machine");
    }

    @Test
    void generatesTheSamplesOfTheReference() {
        var one = new Nd4jLoop.Streams();
        var reference = new SampleLoop.Reference();
        one.open();
        reference.open();
        int[] expected = new SampleLoop().reference(reference);
        assertThat(benchmark.streams(one)[0])
                .containsExactly(Arrays.copyOf(expected, Nd4jLoop.SAMPLES));
        one.close();
        reference.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 256})
    void batchedStreamsEqualASingleOne(int streams) {
        var one = new Nd4jLoop.Streams();
        var many = new Nd4jLoop.Streams();
        many.streams = streams;
        one.open();
        many.open();
        int[] expected = benchmark.streams(one)[0];
        int[][] levels = benchmark.streams(many);
        assertThat(levels).hasDimensions(streams, Nd4jLoop.SAMPLES / streams);
        assertThat(levels[0]).containsExactly(Arrays.copyOf(expected, levels[0].length));
        one.close();
        many.close();
    }
}
