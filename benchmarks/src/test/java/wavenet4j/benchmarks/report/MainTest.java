package wavenet4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsHelp() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--quick").contains("Examples:").contains("jmh");
    }

    @Test
    void rejectsAMissingFolderBeforeMeasuring() {
        assertThat(run("--out", "no-such-folder")).isEqualTo(1);
        assertThat(err.toString()).contains("no folder no-such-folder").contains("--out");
    }

    private int run(String... args) {
        return Main.command()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
