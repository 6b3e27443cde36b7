package wavenet4j.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;

import picocli.AutoComplete;
import picocli.CommandLine;

import wavenet4j.cli.compose.ComposeCommand;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ConsoleCommand;
import wavenet4j.cli.console.ErrorReporter;
import wavenet4j.cli.console.Outputs;
import wavenet4j.cli.console.ResultStream;
import wavenet4j.cli.eval.EvalCommand;
import wavenet4j.cli.sample.SampleCommand;
import wavenet4j.cli.train.TrainCommand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The entry of every command: the first argument is the command's name, as the launchers give it.
public final class Main {
    /// What Java makes of bytes that the locale's encoding does not have.
    private static final String UNDECODABLE = "\ufffd";

    private Main() {}

    /// Runs a command and ends the process with its exit status.
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // numbers are written the same everywhere
        System.exit(run(Console.ofProcess(args.length == 0 ? "" : args[0]), args));
    }

    /// Runs a command.
    ///
    /// @return its exit status: 0, 1 when it failed, 2 when its command line is wrong
    public static int run(Console console, String... args) {
        if (args.length == 0) throw new IllegalArgumentException("no command is named");
        var results = new ResultStream(console.out());
        int status = execute(console.with(results), args);
        if (status != 0 || results.failure() == null) return status;
        console.log(args[0] + ": " + Outputs.unwritable(results.failure()).getMessage());
        return ErrorReporter.FAILED;
    }

    private static int execute(Console console, String[] args) {
        ConsoleCommand command = command(console, args[0]);
        var errors = new ErrorReporter(console, args[0], command);
        for (String text : given(args)) {
            if (text.contains(UNDECODABLE)) return errors.report(undecodable(text));
        }
        if (args.length == 2 && args[1].equals("--completion")) {
            console.print(AutoComplete.bash(args[0], commandLine(command)));
            return 0;
        }
        try {
            return commandLine(command)
                    .setParameterExceptionHandler(errors)
                    .setExecutionExceptionHandler(errors)
                    .setExecutionStrategy(line -> {
                        command.setLogLevel();
                        command.requireOnce(line);
                        return new CommandLine.RunLast().execute(line);
                    })
                    .execute(Arrays.copyOfRange(args, 1, args.length));
        } catch (OutOfMemoryError e) {
            return errors.report(e);
        }
    }

    /// What the process was given as bytes: its command line and its folders.
    private static List<String> given(String[] args) {
        var given = new ArrayList<>(List.of(args));
        for (String folder : List.of("user.dir", "user.home")) {
            given.add(System.getProperty(folder, ""));
        }
        return given;
    }

    private static IllegalArgumentException undecodable(String text) {
        return new IllegalArgumentException(
                "%s has letters that the locale of this process cannot read; set LC_ALL=C.UTF-8, or another locale of UTF-8 where the system has not that one"
                        .formatted(text));
    }

    /// The command of that name.
    static ConsoleCommand command(Console console, String name) {
        return switch (name) {
            case "wavenet-sample" -> new SampleCommand(console);
            case "wavenet-compose" -> new ComposeCommand(console);
            case "wavenet-eval" -> new EvalCommand(console);
            case "wavenet-train" -> new TrainCommand(console);
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }

    /// Parses the options of a command and prints its help.
    static CommandLine commandLine(ConsoleCommand command) {
        Console console = command.console;
        var line =
                new CommandLine(command)
                        .setCommandName(console.commands().of(console.commands().own()))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setUsageHelpAutoWidth(true)
                        .setOut(console.outWriter())
                        .setErr(console.errWriter());
        line.getCommandSpec().versionProvider(new Version());
        // As it is: lines that are to be pasted must not be wrapped.
        List<String> footer = command.footer();
        line.getCommandSpec()
                .usageMessage()
                .footerHeading("%nExamples:%n")
                .footer(footer.toArray(String[]::new));
        line.getHelpSectionMap()
                .put(
                        SECTION_KEY_FOOTER,
                        _ -> String.join("", footer.stream().map("%s%n"::formatted).toList()));
        return line;
    }
}
