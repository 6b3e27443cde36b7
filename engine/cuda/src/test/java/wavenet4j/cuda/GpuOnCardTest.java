package wavenet4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.junit.jupiter.api.Test;

import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.Launch;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/// The real driver and a real card, where the machine has them.
final class GpuOnCardTest {
    /// Each thread i below count: `values[i] *= factor`; what scale.c does.
    private static final String SCALE =
            """
            .version 7.0
            .target sm_75
            .address_size 64
            .visible .entry scale(.param .align 8 .b8 p[16])
            {
                .reg .pred %outside;
                .reg .b32 %i, %block, %threads, %thread, %count;
                .reg .b64 %values;
                .reg .f32 %x, %factor;
                ld.param.u64 %values, [p];
                ld.param.u32 %count, [p+8];
                ld.param.f32 %factor, [p+12];
                mov.u32 %block, %ctaid.x;
                mov.u32 %threads, %ntid.x;
                mov.u32 %thread, %tid.x;
                mad.lo.u32 %i, %block, %threads, %thread;
                setp.ge.u32 %outside, %i, %count;
                @%outside bra end;
                mad.wide.u32 %values, %i, 4, %values;
                ld.global.f32 %x, [%values];
                mul.f32 %x, %x, %factor;
                st.global.f32 [%values], %x;
            end:
                ret;
            }
            """;

    private static Gpu open() {
        return switch (Gpu.open(null, 0)) {
            case Found<Gpu>(var gpu) -> gpu;
            case Missing<Gpu>(var reason, var remedy) -> abort(reason + "; " + remedy);
        };
    }

    private static byte[] image(String ptx) {
        return ptx.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void runsAKernel() {
        try (var gpu = open();
                var arena = Arena.ofConfined();
                var kernel = gpu.load(image(SCALE), "scale");
                var memory = gpu.allocate(1000L * Float.BYTES)) {
            var values = arena.allocate(JAVA_FLOAT, 1000);
            for (int i = 0; i < 1000; i++) values.setAtIndex(JAVA_FLOAT, i, i);
            memory.write(0, values);
            var parameter = arena.allocate(16, 8);
            parameter.set(JAVA_LONG, 0, memory.address());
            parameter.set(JAVA_INT, 8, 999);
            parameter.set(JAVA_FLOAT, 12, 0.5f);
            int blocks = 16;
            var launches =
                    new Launch[] {
                        new Launch(blocks, 64, 1, 0, false),
                        new Launch(blocks, 64, 1, gpu.properties().sharedBytesPerBlock(), false),
                        new Launch(blocks, 64, 1, 0, gpu.properties().cooperative()),
                        new Launch(blocks, 64, gpu.properties().clusters() ? 8 : 1, 0, false)
                    };
            for (var launch : launches) {
                assertThat(kernel.clustersAtOnce(launch)).isPositive();
                kernel.launch(launch, parameter);
            }
            memory.read(0, values);
            for (int i = 0; i < 999; i++) {
                assertThat(values.getAtIndex(JAVA_FLOAT, i)).isEqualTo(i / 16f);
            }
            assertThat(values.getAtIndex(JAVA_FLOAT, 999)).isEqualTo(999);
            assertThat(kernel.registers()).isPositive();
            assertThat(kernel.localBytes()).isZero();
        }
    }

    @Test
    void saysWhatIsWrongWithAKernel() {
        try (var gpu = open()) {
            assertThatExceptionOfType(CudaException.class)
                    .isThrownBy(() -> gpu.load(image(SCALE.replace("mul.f32", "mul.f31")), "scale"))
                    .withMessageContaining("CUDA_ERROR_INVALID_PTX")
                    .withMessageContaining("line 21");
        }
    }
}
