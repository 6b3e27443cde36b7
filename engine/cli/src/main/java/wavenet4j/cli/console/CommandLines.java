package wavenet4j.cli.console;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Command lines as a user can paste them: called in the way that this one was, and quoted.
///
/// @param own the name of the command that runs
/// @param called the file it was called by, perhaps a link; null where that is unknown
/// @param bin the folder that holds all commands; null where it is unknown
/// @param path the folders in which the shell looks for commands
public record CommandLines(String own, @Nullable Path called, @Nullable Path bin, List<Path> path) {

    /// Copies the list.
    public CommandLines {
        path = List.copyOf(path);
    }

    /// The commands by their names alone.
    public static CommandLines plain(String own) {
        return new CommandLines(own, null, null, List.of());
    }

    /// Those of this process. The launcher sets properties that Java has no other way to know.
    public static CommandLines ofProcess(String own) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return new CommandLines(
                own,
                property("wavenet4j.called"),
                property("wavenet4j.bin"),
                Stream.of(path.split(File.pathSeparator, -1))
                        .map(CommandLines::path)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static @Nullable Path property(String name) {
        return path(Objects.requireNonNullElse(System.getProperty(name), ""));
    }

    /// Null for no name, and for one that the locale has no letters for.
    private static @Nullable Path path(String name) {
        try {
            return name.isEmpty() ? null : Path.of(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /// A command with its arguments.
    ///
    /// @param command such as `wavenet-train`
    public String of(String command, String... arguments) {
        return Stream.concat(Stream.of(name(command)), Stream.of(arguments))
                .map(CommandLines::word)
                .collect(Collectors.joining(" "));
    }

    /// A command with its arguments, the first of these words.
    public String of(List<String> words) {
        return of(words.getFirst(), words.subList(1, words.size()).toArray(String[]::new));
    }

    private String name(String command) {
        if (called == null || bin == null) return command;
        Path file = called;
        if (!command.equals(own)) {
            file = called.resolveSibling(command);
            if (!Files.isExecutable(file)) file = bin.resolve(command);
        }
        String name = String.valueOf(file.getFileName());
        if (file.isAbsolute() && isFoundAs(name, file)) return name;
        return file.getNameCount() == 1 && !file.isAbsolute() ? "./" + name : file.toString();
    }

    private boolean isFoundAs(String name, Path file) {
        for (Path folder : path) {
            Path found = folder.resolve(name);
            if (Files.isDirectory(found) || !Files.isExecutable(found)) continue;
            try {
                return Files.isSameFile(found, file);
            } catch (IOException e) {
                return false;
            }
        }
        return false;
    }

    /// Quotes a word for a POSIX shell, where that is needed.
    public static String word(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
