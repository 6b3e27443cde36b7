package wavenet4j.audio.corpus;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.Clip;
import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.corpus.Corpus.Kept;
import wavenet4j.audio.corpus.Corpus.LeftOut;
import wavenet4j.audio.decode.AudioReader;

import java.io.IOException;
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
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// One pass over a folder: lists the files, determines the sample rate, then reads each recording.
final class CorpusScan<T> {
    /// Extensions of audio files, supported or not: an unsupported file is reported as left out
    /// with the reason, while files with other extensions are only counted.
    private static final Set<String> AUDIO =
            Set.of(
                    "wav", "wave", "bwf", "rf64", "bw64", "w64", "flac", "mp3", "mp2", "ogg", "oga",
                    "opus", "spx", "aif", "aiff", "aifc", "au", "snd", "caf", "m4a", "aac", "wma",
                    "ape", "wv");

    /// The same order on every operating system.
    private static final Comparator<Path> BY_NAME =
            Comparator.comparing(path -> path.toString().replace('\\', '/'));

    private final Path root;
    private final Path folder;
    private final Corpus.Options options;
    private final Function<Clip, T> keep;

    private final List<Path> files = new ArrayList<>();
    private final List<Kept<T>> kept = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final SortedMap<String, Integer> ignored = new TreeMap<>();

    CorpusScan(Path root, Corpus.Options options, Function<Clip, T> keep) {
        this.root = root.toAbsolutePath().normalize();
        this.options = options;
        this.keep = keep;
        Path parent = this.root.getParent();
        folder = parent != null && Files.isRegularFile(root) ? parent : this.root;
    }

    Corpus<T> run() throws AudioException {
        list();
        int rate = options.sampleRate().orElseGet(this::mostCommonRate);
        for (Path file : files) {
            try {
                read(file, rate);
            } catch (AudioException e) {
                leaveOut(file, e.problem(), 0);
            }
        }
        leftOut.sort(Comparator.comparing(LeftOut::file, BY_NAME));
        return new Corpus<>(rate, kept, leftOut, ignored);
    }

    private void list() throws AudioException {
        if (!Files.exists(root)) {
            throw new AudioException(root, "there is no such folder; check the name");
        }
        try {
            Files.walkFileTree(
                    root,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path directory, BasicFileAttributes about) {
                            if (directory.equals(root) || !isHidden(directory)) {
                                return FileVisitResult.CONTINUE;
                            }
                            ignored.merge("hidden", 1, Integer::sum);
                            return FileVisitResult.SKIP_SUBTREE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                            consider(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            // A link to a parent folder adds no files.
                            if (!(e instanceof FileSystemLoopException)) {
                                leaveOut(file, "cannot be opened (" + e + ")", 0);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new AudioException(root, "cannot be listed (" + e + ")", e);
        }
        for (Path file : files) requireText(file);
        for (LeftOut file : leftOut) requireText(file.file());
        files.sort(BY_NAME);
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

    private void consider(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String extension = dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (file.equals(root)) {
            files.add(file);
        } else if (isHidden(file)) {
            ignored.merge("hidden", 1, Integer::sum);
        } else if (AUDIO.contains(extension)) {
            files.add(file);
        } else {
            ignored.merge(extension.isEmpty() ? "unnamed" : "." + extension, 1, Integer::sum);
        }
    }

    /// Hidden files and folders are ignored: systems and tools leave "._name.wav" files beside real
    /// ones, and copies in folders such as ".ipynb_checkpoints".
    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    /// The most common sample rate; the lowest of several, so that no file is upsampled.
    private int mostCommonRate() {
        SortedMap<Integer, Integer> rates = new TreeMap<>();
        for (Path file : files) {
            try {
                rates.merge(AudioReader.sampleRate(file), 1, Integer::sum);
            } catch (AudioException _) {
                // Reported later, when the samples are read.
            }
        }
        int most = 0;
        int commonest = 0;
        for (Map.Entry<Integer, Integer> rate : rates.entrySet()) {
            if (rate.getValue() > most) {
                most = rate.getValue();
                commonest = rate.getKey();
            }
        }
        return commonest;
    }

    private void read(Path file, int rate) throws AudioException {
        DecodedAudio decoded = AudioReader.decode(file);
        Clip recorded = decoded.clip();
        float peak = recorded.peak();
        if (recorded.samples().length == 0) {
            leaveOut(file, "holds no samples", 0);
            return;
        }
        if (peak == 0) {
            String mixed = decoded.channels() > 1 ? " after mixing to mono" : "";
            leaveOut(file, "is silent all through" + mixed, recorded.seconds());
            return;
        }
        List<String> notes = new ArrayList<>(decoded.warnings());
        Clip clip = recorded;
        if (options.silence().isPresent()) {
            clip = options.silence().get().trim(recorded);
            double cut = recorded.seconds() - clip.seconds();
            if (cut > 0) {
                notes.add(String.format(Locale.ROOT, "trimmed %.2f s of silence", cut));
            }
        }
        clip = clip.resampled(rate);
        if (options.normalize()) clip = clip.normalized();
        Path name = folder.relativize(file);
        kept.add(
                new Kept<>(
                        name,
                        keep.apply(clip),
                        recorded.sampleRate(),
                        decoded.channels(),
                        clip.seconds(),
                        notes));
    }

    private void leaveOut(Path file, String reason, double seconds) {
        leftOut.add(new LeftOut(folder.relativize(file), reason, seconds));
    }
}
