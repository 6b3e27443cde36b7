package wavenet4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The configuration of a run, read from a file that is damaged, cut short or old.
final class RunConfigurationTest extends RunFolderFixture {
    @Test
    void aDamagedConfigurationIsOneSentenceThatNamesTheFile() throws IOException {
        Path file = folder.resolve("config.yaml");
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int seed = 0; seed < 200; seed++) {
            Files.write(file, damaged(whole, seed));
            try {
                RunFolder.readConfig(folder, Map.of());
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage())
                        .startsWith(file.toString())
                        .doesNotContain("\n", "wavenet4j.", "com.fasterxml");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(80);
    }

    @Test
    void aConfigurationCutShortIsRefused() throws IOException {
        Path file = folder.resolve("config.yaml");
        String whole = Files.readString(file);
        for (int end = 0; end < whole.length(); end++) {
            Files.writeString(file, whole.substring(0, end));
            assertThatThrownBy(() -> RunFolder.readConfig(folder, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file + " is cut short");
        }
    }

    /// Those begin with no comment and end with no dots.
    @Test
    void aConfigurationOfAnEarlierVersionIsReadIfItHasItsLastKey() throws IOException {
        Path file = folder.resolve("config.yaml");
        String earlier = config.toYaml();
        Files.writeString(file, earlier);
        assertThat(RunFolder.readConfig(folder, Map.of())).isEqualTo(config);
        for (int end = 0; end < earlier.indexOf("temperatures:"); end++) {
            Files.writeString(file, earlier.substring(0, end));
            assertThatThrownBy(() -> RunFolder.readConfig(folder, Map.of()))
                    .hasMessageStartingWith(file + " is cut short");
        }
    }
}
