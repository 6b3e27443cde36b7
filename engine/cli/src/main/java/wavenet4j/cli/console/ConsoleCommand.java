package wavenet4j.cli.console;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The options and checks that every command has.
public abstract class ConsoleCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = "--verbose",
            order = 101,
            description = "Shows what libraries log, and the whole trace of an error.")
    private boolean verbose;

    /// The streams that the command writes to.
    public final Console console;

    /// @param console that the command writes to
    protected ConsoleCommand(Console console) {
        this.console = console;
    }

    /// An error in the command line.
    public ParameterException usageError(String problem) {
        return new ParameterException(new CommandLine(this), problem);
    }

    /// Refuses an option with one value that is given twice. Picocli would create its group anew
    /// and lose the group's other options.
    public void requireOnce(ParseResult given) {
        for (OptionSpec option : given.commandSpec().options()) {
            long times = given.originalArgs().stream().filter(arg -> gives(arg, option)).count();
            if (times > 1 && !option.isMultiValue()) {
                throw usageError("%s is given %d times".formatted(option.longestName(), times));
            }
        }
    }

    private static boolean gives(String arg, OptionSpec option) {
        return Arrays.stream(option.names())
                .anyMatch(name -> arg.equals(name) || arg.startsWith(name + "="));
    }

    boolean verbose() {
        return verbose;
    }

    /// Sets what libraries log. To be called before the first of them is loaded.
    public void setLogLevel() {
        Logger.getLogger("").setLevel(verbose ? Level.INFO : Level.SEVERE);
    }
}
