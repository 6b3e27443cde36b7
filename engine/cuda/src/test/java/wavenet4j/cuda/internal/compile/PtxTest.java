package wavenet4j.cuda.internal.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PtxTest {
    private static String text(String version, String target, String instructions) {
        return """
        // .version 1.0
        .version %s
        .target %s
        .address_size 64
        %s\
        """
                .formatted(version, target, instructions);
    }

    @ParameterizedTest
    @CsvSource({
        "9.0, sm_75, 7.0",
        "8.4, sm_80, 7.0",
        "7.0, sm_80, 7.0",
        "6.5, sm_75, 6.5",
        "9.0, sm_90, 8.1",
        "10.2, sm_90, 8.1",
        "8.1, sm_90, 8.1",
        "7.8, sm_90, 7.8"
    })
    void saysTheLeastVersionThatHasWhatTheKernelTakes(String had, String target, String least) {
        assertThat(Ptx.forOldDrivers(text(had, target, "ret;\n")))
                .isEqualTo(text(least, target, "ret;\n"));
    }

    @Test
    void losesTheHintsThatOldDriversDoNotRead() {
        var had =
                """
                .pragma "nounroll";
                    .pragma "used_bytes_mask 15";
                ld.global.v2.u32 {%r1, %r2}, [%rd1];
                """;
        var left =
                """
                .pragma "nounroll";
                ld.global.v2.u32 {%r1, %r2}, [%rd1];
                """;
        assertThat(Ptx.forOldDrivers(text("9.0", "sm_80", had)))
                .isEqualTo(text("7.0", "sm_80", left));
    }

    @Test
    void refusesWhatIsNoPtx() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ptx.forOldDrivers("ret;"))
                .withMessage("this PTX has no version or no target");
    }
}
