package wavenet4j.benchmarks.report;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Runs all benchmarks and writes the report.
@Command(
        name = "benchmarks",
        description = {
            "Measures the sample loop, its kernels and other libraries in one run.",
            "",
            "Writes the tables to RESULTS.md and the plot to results.png, and adds the run to"
                + " perf-history.jsonl, all in one folder. It takes about 35 minutes on a machine"
                + " that does nothing else.%n"
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar benchmarks/target/benchmarks.jar",
            "  java -jar benchmarks/target/benchmarks.jar --quick --out /tmp",
            "  java -jar benchmarks/target/benchmarks.jar jmh SampleLoop.cpu -p threads=1 -f 1",
            "  java -jar benchmarks/target/benchmarks.jar jmh -h"
        },
        subcommands = Main.Jmh.class)
public final class Main implements Callable<Integer> {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'");

    @Option(
            names = "--quick",
            description =
                    "Fewer iterations, some minutes in all. The run is not added to the history.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "benchmarks",
            description = "The folder to write to (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("benchmarks");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private Main() {}

    /// Runs the command and ends the process with its exit status.
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // numbers are written the same everywhere
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return new CommandLine(new Main())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((problem, line, _) -> {
                    line.getErr().println("benchmarks: " + problem.getMessage());
                    return 1;
                });
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        if (!Files.isDirectory(out)) {
            throw new IOException(
                    "there is no folder %s here; start in the project's root or name one by --out"
                            .formatted(out));
        }
        var date = ZonedDateTime.now(ZoneOffset.UTC).format(DATE);
        String commit = commit();
        var machine = Machine.here(); // before the benchmarks load it
        var results = new ArrayList<Measurement>();
        for (var result : new Runner(options().build()).run()) {
            results.add(Measurement.of(result));
        }
        var run = new Run(date, commit, machine, results);
        new Report(run, quick).write(out);
        if (!quick) run.appendTo(out.resolve("perf-history.jsonl"));
        System.out.println("written: " + out.resolve("RESULTS.md"));
        return 0;
    }

    private ChainedOptionsBuilder options() {
        var options =
                new OptionsBuilder()
                        .include("wavenet4j\\..*")
                        .exclude("TrainingStep") // no part of the report
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true); // an incomplete table would mislead
        if (!quick) return options;
        return options.forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(500));
    }

    private static String commit() throws IOException {
        List<String> git = List.of("git", "describe", "--always", "--dirty", "--abbrev=12");
        Process process;
        try {
            process = new ProcessBuilder(git).start();
        } catch (IOException e) {
            return "unknown"; // there is no git
        }
        String answer =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return answer.isEmpty() ? "unknown" : answer;
    }

    /// The command line of JMH.
    @Command(
            name = "jmh",
            description = "Passes everything after it to JMH; jmh -h lists JMH's options.")
    static final class Jmh implements Callable<Integer> {
        @Unmatched private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() throws IOException {
            org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
            return 0;
        }
    }
}
