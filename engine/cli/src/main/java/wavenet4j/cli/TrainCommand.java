package wavenet4j.cli;

import ai.djl.Device;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import wavenet4j.train.Dataset;
import wavenet4j.train.RunFolder;
import wavenet4j.train.TrainConfig;
import wavenet4j.train.TrainingLoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `wavenet-train`.
@Command(name = "wavenet-train", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--data")
    @Nullable Path data;

    @Option(names = "--config", defaultValue = "")
    String config = "";

    @Option(names = "--out")
    Path out = Path.of("runs/run");

    @Option(names = "--steps")
    @Nullable Long steps;

    @Option(names = "--minutes")
    @Nullable Double minutes;

    @Option(names = "--set")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--labels")
    @Nullable String labels;

    @Option(names = "--resume")
    @Nullable Path resume;

    @Option(names = "--from")
    @Nullable Path from;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var all = new LinkedHashMap<>(settings);
        if (labels != null) all.put("data.labels", '"' + labels.replace("\\", "\\\\") + '"');
        if (steps != null) all.put("training.steps", steps.toString());
        if (minutes != null) {
            all.put("training.minutes", minutes.toString());
            if (steps == null) all.put("training.steps", "0");
        }
        TrainConfig read;
        Path recordings;
        RunFolder run;
        Dataset dataset;
        if (resume != null) {
            read = RunFolder.readConfig(resume, all);
            recordings = data == null ? RunFolder.readRecordings(resume) : data;
            dataset = Dataset.read(recordings, read);
            run = RunFolder.open(resume, read, dataset);
        } else {
            read =
                    TrainConfig.parse(
                            config.isEmpty() ? "" : Files.readString(Path.of(config)), all);
            recordings = java.util.Objects.requireNonNull(data);
            dataset = Dataset.read(recordings, read);
            run =
                    from == null
                            ? RunFolder.create(out, read, recordings, dataset)
                            : RunFolder.create(
                                    out,
                                    read,
                                    recordings,
                                    dataset,
                                    wavenet4j.train.Starts.from(
                                            wavenet4j.WaveNet.load(from),
                                            dataset.spec(),
                                            read.training().seed()));
        }
        System.out.println(dataset.scan());
        var loop =
                new TrainingLoop(
                        read, dataset, Device.cpu(), run, event -> System.out.println(event));
        var done = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            loop.stop();
                            try {
                                done.await(60, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
        try {
            loop.run();
        } finally {
            done.countDown();
        }
        return 0;
    }

    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new TrainCommand()).execute(args));
    }
}
