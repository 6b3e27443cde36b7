package wavenet4j.cli.console;

import static java.util.stream.Collectors.joining;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import wavenet4j.train.loop.TrainingFailedException;
import wavenet4j.train.text.DecimalPoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Prints an error as one sentence.
///
/// @param console to print to
/// @param name of the command
/// @param command that failed
public record ErrorReporter(Console console, String name, ConsoleCommand command)
        implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /// The exit status of a command that failed.
    public static final int FAILED = 1;

    private static final int BAD_USAGE = 2;

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        console.log(name + ": " + problem(e, List.of(args)));
        console.log("Try " + console.commands().of(name, "--help"));
        return BAD_USAGE;
    }

    private String problem(ParameterException e, List<String> args) {
        List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
        // What is missing may be there by another name.
        if (!unmatched.isEmpty()
                && (e instanceof UnmatchedArgumentException
                        || e instanceof MissingParameterException)) {
            return unknown(new UnmatchedArgumentException(e.getCommandLine(), unmatched), args);
        }
        if (e.getArgSpec() instanceof OptionSpec option && e.getValue() != null) {
            return "%s is \"%s\"; it must be %s"
                    .formatted(option.longestName(), e.getValue(), wanted(option, e.getValue()));
        }
        return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    }

    /// The kind of value that an option takes.
    private static String wanted(OptionSpec option, String value) {
        Class<?> type = option.auxiliaryTypes()[0];
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(joining(", "))
                    .replaceFirst(", (\\w+)$", " or $1");
        }
        if (type == int.class
                || type == long.class
                || type == Long.class
                || type == Integer.class) {
            return "a whole number";
        }
        return "a number" + DecimalPoint.hint(value);
    }

    /// The sentence about an argument that there is no use for, with what may be meant.
    private String unknown(UnmatchedArgumentException e, List<String> args) {
        List<String> unmatched = e.getUnmatched();
        String first = unmatched.getFirst();
        if (!first.startsWith("-")) {
            String taker = command.optionOfArguments();
            return "no option takes the argument \"%s\"%s"
                    .formatted(
                            first,
                            taker == null
                                    ? ""
                                    : "; here it is %s=%s"
                                            .formatted(taker, CommandLines.word(first)));
        }
        String[] parts = first.split("=", 2);
        String option = parts[0];
        String here = command.here(option, e.getCommandLine().getCommandSpec());
        if (here != null && here.endsWith("=")) {
            here += parts.length > 1 ? CommandLines.word(parts[1]) : valueAfter(option, args);
        }
        return "there is no option %s%s"
                .formatted(
                        option,
                        here != null
                                ? "; here it is " + here
                                : e.getSuggestions().isEmpty()
                                        ? ""
                                        : "; did you mean "
                                                + String.join(" or ", e.getSuggestions())
                                                + "?");
    }

    /// The argument behind that option, which may have been taken for another.
    private static String valueAfter(String option, List<String> args) {
        int next = args.indexOf(option) + 1;
        boolean isValue = next > 0 && next < args.size() && !args.get(next).startsWith("--");
        return isValue ? CommandLines.word(args.get(next)) : "...";
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
        return report(e);
    }

    /// Prints an error, with its stack trace where `--verbose` asks for it.
    ///
    /// @return the exit status
    public int report(Throwable error) {
        console.log(name + ": " + sentence(error));
        if (command.verbose()) error.printStackTrace(console.err());
        return FAILED;
    }

    private static String sentence(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return switch (error) {
            case NoSuchFileException e when e.getReason() == null ->
                    "there is no file " + e.getFile();
            case AccessDeniedException e -> "no permission to read or write " + e.getFile();
            case FileSystemException e when e.getReason() == null ->
                    e.getFile() + " cannot be read or written";
            case UncheckedIOException e -> message + " (" + e.getCause() + ")";
            case IOException _, IllegalArgumentException _, TrainingFailedException _ -> message;
            case OutOfMemoryError _ ->
                    "the memory of the JVM (%,d MB) does not suffice; allow more by JAVA_OPTS=-Xmx8g"
                            .formatted(Runtime.getRuntime().maxMemory() >> 20);
            case IllegalStateException _ -> message;
            default -> "an error in the program itself, %s; --verbose shows where".formatted(error);
        };
    }
}
