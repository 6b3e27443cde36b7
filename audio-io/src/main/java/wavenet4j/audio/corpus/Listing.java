package wavenet4j.audio.corpus;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.corpus.Corpus.LeftOut;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a folder, or a single one.
final class Listing extends SimpleFileVisitor<Path> {
    /// Extensions of audio files, supported or not: an unsupported file is reported as left out
    /// with the reason, while files with other extensions are only counted.
    private static final Set<String> AUDIO =
            Set.of(
                    "wav", "wave", "bwf", "rf64", "bw64", "w64", "flac", "mp3", "mp2", "ogg", "oga",
                    "opus", "spx", "aif", "aiff", "aifc", "au", "snd", "caf", "m4a", "aac", "wma",
                    "ape", "wv");

    /// The same order on every operating system.
    static final Comparator<Path> BY_NAME =
            Comparator.comparing(path -> path.toString().replace('\\', '/'));

    private final Path root;
    private final Path folder;
    private final List<AudioFile> files = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final SortedMap<String, Integer> ignored = new TreeMap<>();

    /// @throws AudioException when there is nothing of that name, or it cannot be listed
    Listing(Path from) throws AudioException {
        root = from.toAbsolutePath().normalize();
        Path parent = root.getParent();
        folder = parent == null || Files.isDirectory(from) ? root : parent;
        if (!Files.exists(root)) {
            throw new AudioException(root, "there is no such folder or file; check the name");
        }
        try {
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
        } catch (IOException e) {
            throw new AudioException(root, "cannot be listed (" + e + ")", e);
        }
        for (AudioFile file : files) requireText(file.path());
        for (LeftOut file : leftOut) requireText(file.file());
        files.sort(Comparator.comparing(AudioFile::path, BY_NAME));
    }

    /// Refuses a name whose text does not lead back to the file: where the locale is not that of
    /// the name, all letters that it lacks become one, and with them several names and labels.
    private static void requireText(Path file) throws AudioException {
        try {
            if (file.getFileSystem().getPath(file.toString()).equals(file)) return;
        } catch (InvalidPathException _) {
            // The same.
        }
        throw new AudioException(
                file,
                "its name is no text in this process's locale; set LC_ALL=C.UTF-8, or rename it"
                        + " where it is not in UTF-8 either");
    }

    /// The audio files, in order.
    List<AudioFile> files() {
        return files;
    }

    /// What could not be opened.
    List<LeftOut> leftOut() {
        return leftOut;
    }

    /// The number of other files for each extension.
    SortedMap<String, Integer> ignored() {
        return ignored;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes about) {
        if (directory.equals(root) || !isHidden(directory)) return FileVisitResult.CONTINUE;
        ignored.merge("hidden", 1, Integer::sum);
        return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String extension = dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (file.equals(root) || (AUDIO.contains(extension) && !isHidden(file))) {
            files.add(
                    new AudioFile(
                            file,
                            folder.relativize(file),
                            about.size(),
                            about.lastModifiedTime().toMillis()));
        } else if (isHidden(file)) {
            ignored.merge("hidden", 1, Integer::sum);
        } else {
            ignored.merge(extension.isEmpty() ? "unnamed" : "." + extension, 1, Integer::sum);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        // A link to a parent folder adds no files.
        if (!(e instanceof FileSystemLoopException)) {
            String reason =
                    e instanceof AccessDeniedException
                            ? "may not be read; check its permissions"
                            : "cannot be opened (" + e + ")";
            leftOut.add(new LeftOut(folder.relativize(file), reason, 0));
        }
        return FileVisitResult.CONTINUE;
    }

    /// Hidden files and folders are ignored: systems and tools leave "._name.wav" files beside real
    /// ones, and copies in folders such as ".ipynb_checkpoints".
    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }
}
