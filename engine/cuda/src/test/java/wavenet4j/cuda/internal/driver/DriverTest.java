package wavenet4j.cuda.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class DriverTest {
    @TempDir private Path folder;

    @Test
    void findsALibrary() throws IOException, InterruptedException {
        var stub = StubDriver.compile(folder);
        assertThat(Driver.find(stub.file())).isInstanceOf(Found.class);
        stub.set("driverVersion", Driver.LEAST_VERSION);
        assertThat(Driver.find(stub.file())).isInstanceOf(Found.class);
    }

    @Test
    void aVersionThatCannotBeAskedForIsTooOld() throws IOException, InterruptedException {
        var stub = StubDriver.compile(folder);
        stub.failNext("cuDriverGetVersion", 999);
        assertThat(((Missing<Driver>) Driver.find(stub.file())).reason()).contains("too old");
    }

    @Test
    void aLibraryWithoutAFunctionIsMissingIt() throws IOException, InterruptedException {
        var stub = StubDriver.compile(folder, "-DSTUB_BEFORE_11_6");
        var missing = (Missing<Driver>) Driver.find(stub.file());
        assertThat(missing.reason()).contains("has no function cuLaunchKernelEx");
        assertThat(missing.remedy()).contains("version 520");
    }

    @Test
    void aFileThatIsNoLibraryIsMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("libcuda.so.1"), "no library");
        var missing = (Missing<Driver>) Driver.find(file);
        assertThat(missing.reason())
                .isEqualTo("this machine has no NVIDIA driver (%s)".formatted(file));
    }

    @Test
    void namesVersionsAsNvidiaDoes() {
        assertThat(Driver.versionName(11_080)).isEqualTo("11.8");
        assertThat(Driver.versionName(13_000)).isEqualTo("13.0");
    }
}
