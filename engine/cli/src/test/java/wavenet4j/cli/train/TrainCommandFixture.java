package wavenet4j.cli.train;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder of recordings and the command that trains a tiny network on them.
abstract class TrainCommandFixture {
    static final List<String> TINY =
            List.of(
                    "--set=network.channels={residual: 4, gate: 4, skip: 8, head: 8}",
                    "--set=network.dilations=[1, 2, 4, 8]",
                    "--set=training.window=400",
                    "--set=training.validationWindows=2",
                    "--set=training.previews.seconds=0.3",
                    "--device=cpu");

    @TempDir Path folder;
    Path data = Path.of("");
    Path run = Path.of("");

    @BeforeEach
    void writeRecordings() throws IOException {
        data = folder.resolve("data");
        run = folder.resolve("run");
        for (int i = 0; i < 4; i++) {
            TinyModels.write(
                    data.resolve("low/" + i + ".wav"), TinyModels.tone(150 + 10 * i, 1600));
            TinyModels.write(
                    data.resolve("high/" + i + ".wav"), TinyModels.tone(500 + 10 * i, 1600));
        }
    }

    List<String> newRun(String... options) {
        var args = new ArrayList<>(List.of("wavenet-train", "--data=" + data, "--out=" + run));
        args.addAll(TINY);
        for (String option : options) {
            // No option is taken twice.
            if (option.startsWith("--device=")) args.remove("--device=cpu");
            args.add(option);
        }
        return args;
    }

    static Outcome train(List<String> args) {
        return Outcome.of(args.toArray(String[]::new));
    }
}
