package wavenet4j.cli.console;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import wavenet4j.train.loop.TrainingFailedException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

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
        String problem =
                e instanceof UnmatchedArgumentException unmatched
                        ? unknown(unmatched)
                        : e.getMessage() + pointHint(e);
        console.log(name + ": " + problem);
        console.log("Try " + console.commands().of(name, "--help"));
        return BAD_USAGE;
    }

    private static String pointHint(ParameterException e) {
        return String.valueOf(e.getValue()).matches("-?\\d+,\\d+")
                ? "; a decimal is written with a point"
                : "";
    }

    /// The sentence about an argument that there is no use for, with what may be meant.
    private String unknown(UnmatchedArgumentException e) {
        List<String> unmatched = e.getUnmatched();
        String first = unmatched.getFirst();
        if (!first.startsWith("-")) {
            return "no option takes the argument \"%s\"".formatted(first);
        }
        String[] parts = first.split("=", 2);
        String option = parts[0];
        String here = command.here(option, e.getCommandLine().getCommandSpec());
        if (here != null && here.endsWith("=")) {
            here += parts.length > 1 ? parts[1] : unmatched.size() > 1 ? unmatched.get(1) : "...";
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
