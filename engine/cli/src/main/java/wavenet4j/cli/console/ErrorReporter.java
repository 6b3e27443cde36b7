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
        console.log(name + ": " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr());
        console.log("Try " + name + " --help.");
        return BAD_USAGE;
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
