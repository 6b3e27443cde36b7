package wavenet4j.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

class TorchScriptModuleTest {
    @Test
    void theModuleIsTheOneThatItsScriptWrote() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(read("torchscript_step.pt"));
        String written = new String(read("torchscript_step.sha256"), StandardCharsets.UTF_8);
        assertThat(written).isEqualTo(HexFormat.of().formatHex(digest) + "  torchscript_step.pt\n");
    }

    private static byte[] read(String name) throws IOException {
        try (var file = TorchScriptModuleTest.class.getResourceAsStream(name)) {
            return requireNonNull(file, name).readAllBytes();
        }
    }
}
