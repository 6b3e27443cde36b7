package wavenet4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.spec.Precision;

import java.util.Arrays;

class SampleLoopTest {
    private final SampleLoop benchmark = new SampleLoop();

    @Test
    void backendsGenerateTheSameSamples() {
        var cpu = new SampleLoop.Cpu();
        var reference = new SampleLoop.Reference();
        cpu.precision = Precision.FLOAT32;
        cpu.open();
        reference.open();
        assertThat(benchmark.cpu(cpu)).isEqualTo(benchmark.reference(reference));
        cpu.close();
        reference.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "INT8"})
    void batchedStreamsEqualASingleOne(Precision precision) {
        var alone = new SampleLoop.Cpu();
        var eight = new SampleLoop.EightStreams();
        var sixteen = new SampleLoop.SixteenStreams();
        alone.precision = precision;
        eight.precision = precision;
        sixteen.precision = precision;
        alone.open();
        eight.open();
        sixteen.open();
        int[] expected = benchmark.cpu(alone);
        int[][] levels = benchmark.sixteenStreams(sixteen);
        assertThat(benchmark.eightStreams(eight)).hasDimensions(8, expected.length);
        assertThat(levels).hasDimensions(16, expected.length);
        assertThat(levels[0]).isEqualTo(expected);
        assertThat(levels[15]).isNotEqualTo(expected);
        alone.close();
        eight.close();
        sixteen.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyShapeRuns(ReferenceShape shape) {
        var cpu = new SampleLoop.Cpu();
        cpu.shape = shape;
        cpu.open();
        // An untrained network draws nearly all of its levels within a thousand samples.
        assertThat(Arrays.stream(benchmark.cpu(cpu)).distinct().count()).isGreaterThan(200);
        cpu.close();
    }
}
