package wavenet4j.train.levels;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.AudioHeader;
import wavenet4j.audio.Clip;
import wavenet4j.audio.corpus.AudioFile;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.audio.corpus.Corpus.Kept;
import wavenet4j.audio.corpus.Corpus.LeftOut;
import wavenet4j.audio.corpus.CorpusStore;
import wavenet4j.audio.corpus.ScanProgress;
import wavenet4j.train.levels.CacheIndex.About;
import wavenet4j.train.levels.CacheIndex.Entry;
import wavenet4j.train.levels.CacheIndex.Stored;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// A folder with the levels of a corpus, which are made once and then mapped into memory: the
/// corpus may be larger than memory, and a later start does not decode it again.
///
/// - `index`, a [CacheIndex], which names the file with the levels;
/// - `levels-1`, the levels of one recording after the other;
/// - `index.part`, while they are made: the recordings so far. A scan that was stopped goes on with
///   it.
///
/// A recording is found again by its name, its size and its time; what has changed is made anew. A
/// complete cache is replaced whole: the new index takes the place of the old one at once.
public final class LevelCache implements CorpusStore<Stored>, Closeable {
    private static final long MOST_GARBAGE = 1 << 29;

    private final Path folder;
    private final RecordingEncoder encoder;
    private final int width;
    private final @Nullable CacheIndex complete;
    private final @Nullable CacheIndex partial;

    private final List<Entry> entries = new ArrayList<>();
    private @Nullable CacheIndex known;
    private @Nullable CacheWriter writer;
    private @Nullable About about;
    private long garbage;

    private LevelCache(Path folder, RecordingEncoder encoder) throws IOException {
        this.folder = folder;
        this.encoder = encoder;
        width = Levels.bytes(encoder.quantizer().levels());
        complete = CacheIndex.read(folder.resolve(CacheIndex.NAME), width);
        partial = CacheIndex.read(folder.resolve(CacheWriter.PART), width);
    }

    /// Scans a corpus, and makes the levels of the recordings that the cache does not have.
    ///
    /// @param folder of the cache, for this corpus alone; created where it is missing
    /// @param recordings the folder of the recordings, or one file
    /// @throws IllegalStateException when another process is making the same levels
    /// @throws IOException when the recordings cannot be listed, or the cache cannot be written
    public static Corpus<EncodedAudio> scan(
            Path folder,
            Path recordings,
            RecordingEncoder encoder,
            Corpus.Options options,
            ScanProgress progress)
            throws IOException {
        Path made = firstMissing(folder.toAbsolutePath());
        Files.createDirectories(folder);
        boolean used = true;
        try (var _ = CacheLock.acquire(folder);
                var cache = new LevelCache(folder, encoder)) {
            Corpus<Stored> corpus = Corpus.scan(recordings, options, cache, progress);
            used = !corpus.kept().isEmpty();
            return cache.finish(corpus);
        } catch (AudioException e) {
            used = false; // there are no recordings
            throw e;
        } finally {
            if (!used && made != null) delete(made);
        }
    }

    /// The outermost folder on the way to that one which is to be made; null where all are there.
    private static @Nullable Path firstMissing(Path folder) {
        Path missing = null;
        for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) missing = at;
        return missing;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) Files.delete(file);
    }

    @Override
    public void close() throws IOException {
        if (writer != null) writer.close();
    }

    @Override
    public @Nullable AudioHeader header(AudioFile file) {
        for (CacheIndex index : new CacheIndex[] {partial, complete}) {
            Entry entry = index == null ? null : index.of(file);
            if (entry != null && entry.header() != null) return entry.header();
        }
        return null;
    }

    @Override
    public void begin(int sampleRate, List<AudioFile> files) throws IOException {
        String encoding = encoder.describe(sampleRate);
        if (complete != null && complete.about().encoding().equals(encoding)) {
            known = complete;
            if (files.stream().allMatch(file -> complete.of(file) != null || !isReadable(file))) {
                about = complete.about();
                return; // there is nothing to make
            }
        }
        CacheIndex stopped =
                partial != null && partial.about().encoding().equals(encoding) ? partial : null;
        about = stopped == null ? new About(encoding, freeName()) : stopped.about();
        writer = new CacheWriter(folder, about, stopped);
    }

    private String freeName() {
        int number = 1;
        while (Files.exists(folder.resolve("levels-" + number))) number++;
        return "levels-" + number;
    }

    @Override
    public @Nullable Found<Stored> find(AudioFile file) throws IOException {
        Entry entry = writer == null ? null : writer.find(file);
        if (entry == null && known != null) {
            entry = known.of(file);
            if (entry != null && writer != null) {
                entry = writer.copy(entry, known.about());
                writer.note(entry);
            }
        }
        if (entry == null) return null;
        entries.add(entry);
        return entry.found(file.name());
    }

    @Override
    public Kept<Stored> keep(AudioFile file, @Nullable AudioHeader header, Kept<Clip> recording)
            throws IOException {
        if (writer == null) throw new IOException(file.path() + " has just changed; try again");
        EncodedAudio audio = encoder.encode(recording.audio());
        Stored stored =
                writer.append(Stored.of(audio, recording), audio.levels().stored().asByteBuffer());
        Kept<Stored> kept = recording.map(_ -> stored);
        note(writer, Entry.of(file, header, kept));
        collect((long) Float.BYTES * recording.audio().samples().length);
        return kept;
    }

    /// Long recordings leave large arrays behind, which the JVM would pile up until its heap is
    /// full.
    private void collect(long bytes) {
        garbage += bytes;
        if (garbage < MOST_GARBAGE) return;
        garbage = 0;
        System.gc();
    }

    @Override
    public void leaveOut(AudioFile file, @Nullable AudioHeader header, LeftOut why)
            throws IOException {
        // What may not be read now may be later, without a change of the file.
        if (writer != null && isReadable(file)) {
            note(writer, Entry.of(file, header, why));
        }
    }

    private static boolean isReadable(AudioFile file) {
        return Files.isReadable(file.path());
    }

    private void note(CacheWriter into, Entry entry) throws IOException {
        into.note(entry);
        entries.add(entry);
    }

    /// Writes what is new, and maps the levels.
    private Corpus<EncodedAudio> finish(Corpus<Stored> corpus) throws IOException {
        if (writer != null) writer.complete(entries);
        Path file = folder.resolve(Objects.requireNonNull(about).levels());
        try (var channel = FileChannel.open(file)) {
            // Unmapped once no levels are used any more.
            MemorySegment all =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            return corpus.map(stored -> stored.in(all, width));
        }
    }
}
