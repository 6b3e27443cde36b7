package wavenet4j.cuda.check;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import wavenet4j.cuda.internal.compile.CompiledKernels;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Planner;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Proves on a card what the cuda backend promises.
@Command(
        name = "gpu-check",
        exitCodeOnInvalidInput = GpuCheck.WRONG_USE,
        description = {
            "Checks the cuda backend on the first NVIDIA card of this machine, and measures its"
                    + " speed.",
            "",
            "It needs NVIDIA's driver and NVRTC, the CUDA compiler's library (CUDA_HOME names its"
                + " toolkit), and no Java. The exit code is 0 when no check failed, 1 when one did,"
                + " 2 when there is no card to check.%n"
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./gpu-check",
            "  ./gpu-check --quick --only strict,structures",
            "  ./gpu-check --latencies"
        })
public final class GpuCheck implements Callable<Integer> {
    static final int FAILED = 1;
    static final int NO_CARD = 2;
    static final int WRONG_USE = 64;

    private static final int[] STREAMS = {1, 16, 128, 1024};

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these checks; --list names all.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--list", description = "Lists the checks and what each proves.")
    private boolean list;

    @Option(
            names = "--quick",
            description = "Shorter takes and fewer of them: some minutes in all.")
    private boolean quick;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            defaultValue = "engine/cli/src/main/resources/wavenet4j/models",
            description = "The folder of the bundled models (default: ${DEFAULT-VALUE}).")
    private Path models = Path.of("");

    @Option(
            names = "--recording",
            paramLabel = "WAV",
            description =
                    "Scores the first seconds of this recording of a piano, at the model's sample"
                            + " rate, in place of a generated take.")
    private @Nullable Path recording;

    @Option(
            names = "--latencies",
            description =
                    "Measures what the kernel's design assumes of the card, and nothing else.")
    private boolean latencies;

    @Option(names = "--child", hidden = true, description = "The run under compute-sanitizer.")
    private boolean child;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private final Looking looking;
    private final PrintWriter out;

    /// Looks for a card.
    @FunctionalInterface
    interface Looking {
        Lookup<CheckedGpu> look();
    }

    GpuCheck(Looking looking, PrintWriter out) {
        this.looking = looking;
        this.out = out;
    }

    /// Runs the checks and ends the process with its exit code.
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // numbers are written the same everywhere
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var images = new CompiledKernels(System.getenv());
        Looking looking = () -> CheckedGpu.find(null, images, Planner.THREADS);
        System.exit(command(new GpuCheck(looking, out)).execute(args));
    }

    static CommandLine command(GpuCheck program) {
        return new CommandLine(program)
                .setOut(program.out)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((problem, line, _) -> {
                    line.getErr().println("gpu-check: " + problem.getMessage());
                    return FAILED;
                });
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            for (Check check : checks()) out.println(check.name() + ": " + check.claim());
            return 0;
        }
        return switch (looking.look()) {
            case Missing<CheckedGpu>(var reason, var remedy) -> {
                out.println(
                        "gpu-check: nothing can be checked here, as %s; %s."
                                .formatted(reason, remedy));
                yield NO_CARD;
            }
            case Found<CheckedGpu>(var rig) -> run(rig) ? 0 : FAILED;
        };
    }

    private boolean run(CheckedGpu rig) throws IOException {
        if (child) {
            boolean agreed = new Checks(List.of(ShortRun.check())).run(rig, out::println);
            out.println(ShortRun.DONE);
            return agreed;
        }
        if (latencies) {
            return new Latencies(Latencies.byNvrtc(System.getenv())).run(rig, out::println);
        }
        var chosen = chosen();
        out.println(rig.describe());
        return new Checks(chosen).run(rig, out::println);
    }

    private List<Check> chosen() throws IOException {
        List<Check> all = checks();
        List<String> names = all.stream().map(Check::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new IOException(
                        "there is no check %s; there are %s"
                                .formatted(name, String.join(", ", names)));
            }
        }
        if (only.isEmpty()) return all;
        return all.stream().filter(check -> only.contains(check.name())).toList();
    }

    private List<Check> checks() throws IOException {
        CheckedNetwork awkward = CheckedNetwork.awkward();
        CheckedNetwork digits = CheckedNetwork.bundled(models, "digits");
        CheckedNetwork piano = CheckedNetwork.bundled(models, "piano");
        int strictSamples = quick ? 2_000 : 20_000;
        int forcedSamples = quick ? 500 : 4_000;
        int scored = (quick ? 1 : 4) * piano.spec().sampleRate();
        int parts = 10;
        int partSamples = (quick ? 2 : 60) * piano.spec().sampleRate();

        var speeds = new ArrayList<>(CheckedNetwork.references());
        speeds.add(piano);
        List<Integer> counts = new ArrayList<>();
        for (int count : STREAMS) counts.add(count);
        BitsCheck.Audio audio =
                recording == null
                        ? new BitsCheck.Audio.Drawn(scored)
                        : new BitsCheck.Audio.Recorded(
                                recording.toString(),
                                QuantizedRecording.levels(recording, piano.spec(), scored));
        return List.of(
                new SpillsCheck(List.of(awkward, digits, piano), List.of(1, 8)),
                new StructuresCheck(
                        List.of(awkward, digits, piano), List.of(1, 9), quick ? 200 : 2_000),
                new StrictCheck(
                        List.of(
                                new Trial(awkward, "reference", strictSamples),
                                new Trial(digits, "reference", strictSamples),
                                new Trial(piano, "cpu", strictSamples))),
                new ForcedCheck(
                        List.of(
                                new Trial(awkward, "reference", forcedSamples),
                                new Trial(digits, "reference", forcedSamples),
                                new Trial(piano, "cpu", forcedSamples))),
                new BitsCheck(piano, audio),
                new StreamsCheck(digits, List.of(8, 19, 130), quick ? 100 : 400),
                new SanitizerCheck("compute-sanitizer", "memcheck", self("--child")),
                new SanitizerCheck("compute-sanitizer", "racecheck", self("--child")),
                new SpeedCheck(speeds, counts, quick ? 0.2 : 1, LocalDate.now(ZoneOffset.UTC)),
                new EnduranceCheck(piano, parts, partSamples));
    }

    /// The command by which this program was started, with another argument.
    private static List<String> self(String argument) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(runtime.getInputArguments());
        command.addAll(List.of("-cp", runtime.getClassPath(), GpuCheck.class.getName(), argument));
        return command;
    }
}
