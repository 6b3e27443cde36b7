package wavenet4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.Precision;

import java.util.Arrays;

class SampleLoopTest {
    private final SampleLoop benchmark = new SampleLoop();

    @Test
    void theBackendsMakeTheSameSamples() {
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
