package wavenet4j.notes.corpus;

import wavenet4j.notes.ScoreException;
import wavenet4j.notes.corpus.ScoreCorpus.LeftOut;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The score files of a folder, or a single one.
final class Listing extends SimpleFileVisitor<Path> {
    private static final Set<String> SCORES =
            Set.of("mid", "midi", "kar", "smf", "rmi", "musicxml", "mxl", "xml");

    /// Files of notes that are not read here, and what they are.
    private static final Map<String, String> OTHER_SCORES =
            Map.ofEntries(
                    Map.entry("mscz", "MuseScore"),
                    Map.entry("mscx", "MuseScore"),
                    Map.entry("sib", "Sibelius"),
                    Map.entry("mus", "Finale"),
                    Map.entry("musx", "Finale"),
                    Map.entry("dorico", "Dorico"),
                    Map.entry("gp", "Guitar Pro"),
                    Map.entry("gpx", "Guitar Pro"),
                    Map.entry("gp5", "Guitar Pro"),
                    Map.entry("gp4", "Guitar Pro"),
                    Map.entry("gp3", "Guitar Pro"),
                    Map.entry("abc", "ABC"),
                    Map.entry("krn", "Humdrum"),
                    Map.entry("mei", "MEI"),
                    Map.entry("ly", "LilyPond"));

    /// The same order on every operating system.
    static final Comparator<Path> BY_NAME =
            Comparator.comparing(path -> path.toString().replace('\\', '/'));

    private final Path root;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final SortedMap<String, Integer> ignored = new TreeMap<>();

    /// @throws ScoreException when there is nothing of that name, or it cannot be listed
    Listing(Path from) throws ScoreException {
        root = from.toAbsolutePath().normalize();
        Path parent = root.getParent();
        folder = parent == null || Files.isDirectory(root) ? root : parent;
        if (!Files.exists(root)) {
            throw new ScoreException(root, "there is no such folder or file; check the name");
        }
        try {
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
        } catch (IOException e) {
            throw new ScoreException(root, "cannot be listed (%s)".formatted(e), e);
        }
        files.sort(BY_NAME);
    }

    /// The part of a name after its last dot, in small letters; empty where there is none.
    static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /// The score files, in order.
    List<Path> files() {
        return files;
    }

    /// What is no score that is read here, or could not be opened.
    List<LeftOut> leftOut() {
        return leftOut;
    }

    /// The number of other files for each extension.
    SortedMap<String, Integer> ignored() {
        return ignored;
    }

    /// A path relative to the folder.
    Path name(Path file) {
        return folder.relativize(file);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes about)
            throws IOException {
        if (directory.equals(root) || !isHidden(directory)) return FileVisitResult.CONTINUE;
        ignored.merge("hidden", 1, Integer::sum);
        return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
        String extension = extension(file);
        if (file.equals(root)) {
            files.add(file);
        } else if (isHidden(file)) {
            ignored.merge("hidden", 1, Integer::sum);
        } else if (OTHER_SCORES.containsKey(extension)) {
            String kind = OTHER_SCORES.get(extension);
            leave(file, "is a file of " + kind + "; export it as MusicXML or MIDI");
        } else if (SCORES.contains(extension) || isScore(file, about)) {
            files.add(file);
        } else {
            ignored.merge(extension.isEmpty() ? "unnamed" : "." + extension, 1, Integer::sum);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (file.equals(root)) throw e;
        // A link to a parent folder adds no files.
        if (!(e instanceof FileSystemLoopException)) {
            leave(
                    file,
                    e instanceof AccessDeniedException
                            ? "may not be read; check its permissions"
                            : "cannot be opened (%s); copy it again".formatted(e));
        }
        return FileVisitResult.CONTINUE;
    }

    private void leave(Path file, String reason) {
        leftOut.add(new LeftOut(name(file).toString(), reason));
    }

    /// Whether a file of another name holds a score by its first bytes.
    private static boolean isScore(Path file, BasicFileAttributes about) {
        if (!about.isRegularFile()) return false;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(ScoreKind.FIRST_BYTES);
            return switch (ScoreKind.of(first)) {
                case MIDI -> true;
                case MUSIC_XML -> ScoreKind.namesScore(first);
                case CHORALES -> extension(file).equals("json");
                case EMPTY, UNKNOWN -> false;
            };
        } catch (IOException _) {
            return false;
        }
    }

    /// Hidden files and folders are ignored: systems and tools leave `._name.mid` files beside real
    /// ones.
    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}
