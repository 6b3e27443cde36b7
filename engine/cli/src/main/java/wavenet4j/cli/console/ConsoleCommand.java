package wavenet4j.cli.console;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import wavenet4j.train.names.OtherNames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
            names = {"-V", "--version"},
            versionHelp = true,
            order = 102,
            description = "Shows the version and commit, Java, and what can compute here.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    @Option(
            names = "--completion",
            order = 103,
            description = "Alone: prints a script by which bash and zsh complete the options.")
    private boolean completion;

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

    /// Its command lines to learn from, as arguments of the command.
    protected abstract List<String> examples();

    /// What the help ends with, after the examples.
    protected abstract List<String> remarks();

    /// What another program's option is here, with the value to follow where it ends in `=`; null
    /// where that is unknown.
    protected abstract @Nullable String here(String option);

    /// The option that an argument without one is likely meant for; null for none.
    protected @Nullable String optionOfArguments() {
        return null;
    }

    /// As [#here(String)], and options of its own that are written with other capitals or hyphens.
    final @Nullable String here(String option, CommandSpec spec) {
        for (OptionSpec own : spec.options()) {
            String name = own.longestName();
            if (OtherNames.plain(name).equals(OtherNames.plain(option))) return name;
        }
        return here(option);
    }

    /// The lines at the end of the help: examples, then remarks.
    public List<String> footer() {
        String command = console.commands().of(console.commands().own());
        var lines = new ArrayList<String>();
        for (String example : examples()) lines.add("  " + command + " " + example);
        lines.add("");
        lines.addAll(remarks());
        lines.add("Completion: source <(%s --completion)".formatted(command));
        return lines;
    }

    /// An error in the command line.
    public ParameterException usageError(String problem) {
        return new ParameterException(new CommandLine(this), problem);
    }

    /// Refuses an option with one value that is given twice. Picocli would create its group anew
    /// and lose the group's other options.
    public void requireOnce(ParseResult given) {
        if (completion) throw usageError("--completion stands alone");
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
