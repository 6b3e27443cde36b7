package wavenet4j.train.levels;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.corpus.AudioFile;
import wavenet4j.file.AtomicFile;
import wavenet4j.train.levels.CacheIndex.About;
import wavenet4j.train.levels.CacheIndex.Entry;
import wavenet4j.train.levels.CacheIndex.Stored;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Writes the levels of one recording after the other, and an index of those that are on the disk,
/// so that little is lost when the process is stopped.
final class CacheWriter implements Closeable {
    /// The index while the levels are made.
    static final String PART = "index.part";

    private static final long BYTES_AT_RISK = 1 << 26;

    private final Path folder;
    private final About about;
    private final @Nullable CacheIndex before;
    private final Path file;
    private final FileChannel levels;
    private final FileChannel index;
    private final StringBuilder pending = new StringBuilder();
    private long safe;
    private long end;

    /// @param before what was written before the stop that this goes on after; null for a beginning
    CacheWriter(Path folder, About about, @Nullable CacheIndex before) throws IOException {
        this.folder = folder;
        this.about = about;
        this.before = before;
        file = folder.resolve(about.levels());
        levels = open(file);
        if (before == null) {
            levels.truncate(0);
        } else {
            for (Entry entry : before.entries().values()) {
                Stored kept = entry.kept();
                if (kept != null) end = Math.max(end, kept.offset() + kept.bytes());
            }
        }
        safe = end;
        // A last line that was cut short is not kept.
        Path part = folder.resolve(PART);
        write(part, before == null ? List.of() : List.copyOf(before.entries().values()));
        index = open(part);
        index.position(index.size());
    }

    private void write(Path to, List<Entry> entries) throws IOException {
        AtomicFile.write(
                to,
                out -> {
                    out.write(CacheIndex.line(about).getBytes(StandardCharsets.UTF_8));
                    for (Entry entry : entries) {
                        out.write(CacheIndex.line(entry).getBytes(StandardCharsets.UTF_8));
                    }
                });
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// The entry that was written before the stop.
    @Nullable Entry find(AudioFile of) {
        return before == null ? null : before.of(of);
    }

    /// Writes levels behind the others.
    ///
    /// @return the same, with the place
    Stored append(Stored stored, ByteBuffer bytes) throws IOException {
        Stored placed = stored.at(end);
        try {
            while (bytes.hasRemaining()) end += levels.write(bytes, end);
        } catch (IOException e) {
            throw failed(e);
        }
        return placed;
    }

    /// An entry of an earlier index, with its levels, if any, copied behind the others.
    Entry copy(Entry entry, About from) throws IOException {
        Stored stored = entry.kept();
        if (stored == null) return entry;
        Stored placed = stored.at(end);
        try (var source = FileChannel.open(folder.resolve(from.levels()))) {
            source.position(stored.offset());
            long left = stored.bytes();
            while (left > 0) {
                long count = levels.transferFrom(source, end, left);
                if (count <= 0) throw new IOException("it has become shorter");
                end += count;
                left -= count;
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return entry.with(placed);
    }

    /// Notes a recording whose levels, if any, are written.
    void note(Entry entry) throws IOException {
        pending.append(CacheIndex.line(entry));
        if (end - safe > BYTES_AT_RISK) flush();
    }

    private void flush() throws IOException {
        try {
            levels.force(false);
            safe = end;
            ByteBuffer lines = StandardCharsets.UTF_8.encode(pending.toString());
            while (lines.hasRemaining()) index.write(lines);
            pending.setLength(0);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Such as "No space left on device".
    private IOException failed(IOException e) {
        return new IOException(
                "%s cannot be written (%s); data.cache names another place for it"
                        .formatted(file, e.getMessage()),
                e);
    }

    /// Makes this the index of the cache.
    void complete(List<Entry> entries) throws IOException {
        flush();
        levels.truncate(end);
        levels.force(true);
        write(folder.resolve(CacheIndex.NAME), entries);
        close();
        Files.deleteIfExists(folder.resolve(PART));
        try (var others = Files.newDirectoryStream(folder, "levels-*")) {
            for (Path other : others) {
                if (!other.equals(file)) Files.deleteIfExists(other);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (index.isOpen() && !pending.isEmpty() && levels.isOpen()) flush();
        levels.close();
        index.close();
    }
}
