package wavenet4j.train.levels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioHeader;
import wavenet4j.audio.corpus.AudioFile;
import wavenet4j.audio.corpus.Corpus.Kept;
import wavenet4j.audio.corpus.Corpus.LeftOut;
import wavenet4j.audio.corpus.CorpusStore.Found;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a cache of levels holds: a line of JSON that says what the levels are, then one for each
/// recording. A last line that was not written to its end is ignored.
///
/// @param about the first line
/// @param entries by the name of the recording
record CacheIndex(About about, Map<String, Entry> entries) {
    /// The name of its file.
    static final String NAME = "index";

    private static final int FORMAT = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /// What the levels are.
    ///
    /// @param format version of the index
    /// @param encoding of all recordings: the sample rate, and what is done to them
    /// @param levels the name of the file with the levels
    record About(int format, String encoding, String levels) {
        About(String encoding, String levels) {
            this(FORMAT, encoding, levels);
        }
    }

    /// A recording.
    ///
    /// @param name its path below the corpus folder
    /// @param bytes the size of its file
    /// @param modified when this was last changed, in milliseconds since 1970
    /// @param header as it was read, or null
    /// @param leftOut why it is not used; null where it is
    /// @param seconds of sound
    /// @param kept what is stored; null where it is left out
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String name,
            long bytes,
            long modified,
            @Nullable AudioHeader header,
            @Nullable String leftOut,
            double seconds,
            @Nullable Stored kept) {
        /// Of a recording that is used.
        static Entry of(AudioFile file, @Nullable AudioHeader header, Kept<Stored> kept) {
            return new Entry(
                    nameOf(file),
                    file.bytes(),
                    file.modified(),
                    header,
                    null,
                    kept.seconds(),
                    kept.audio());
        }

        /// Of a recording that is not used.
        static Entry of(AudioFile file, @Nullable AudioHeader header, LeftOut why) {
            return new Entry(
                    nameOf(file),
                    file.bytes(),
                    file.modified(),
                    header,
                    why.reason(),
                    why.seconds(),
                    null);
        }

        /// The same with its levels at another place.
        Entry with(Stored stored) {
            return new Entry(name, bytes, modified, header, leftOut, seconds, stored);
        }

        boolean isOf(AudioFile file) {
            return bytes == file.bytes() && modified == file.modified();
        }

        /// What the recording became, under its name.
        Found<Stored> found(Path file) {
            if (kept == null) {
                return new Found.NotUsed<>(new LeftOut(file, String.valueOf(leftOut), seconds));
            }
            return new Found.Used<>(
                    new Kept<>(
                            file, kept, kept.recordedRate, kept.channels, seconds, kept.notes()));
        }
    }

    /// Where the levels of a recording are.
    ///
    /// @param offset of the first in the file, in bytes
    /// @param bytes of all of them
    /// @param crc of them
    /// @param lowest of the levels
    /// @param highest of the levels
    /// @param recordedRate sample rate of the recording, in Hz
    /// @param channels of the recording
    /// @param notes on the recording
    record Stored(
            long offset,
            long bytes,
            long crc,
            int lowest,
            int highest,
            int recordedRate,
            int channels,
            List<String> notes) {
        Stored {
            notes = List.copyOf(notes);
        }

        /// Of levels that have no place yet.
        static Stored of(EncodedAudio audio, Kept<?> recording) {
            Checksum checksum = audio.levels().checksum();
            return new Stored(
                    0,
                    checksum.bytes(),
                    checksum.crc(),
                    audio.lowest(),
                    audio.highest(),
                    recording.recordedRate(),
                    recording.channels(),
                    recording.notes());
        }

        /// The levels in the file with all of them.
        EncodedAudio in(MemorySegment file, int width) {
            var levels =
                    Levels.stored(file.asSlice(offset, bytes), width, new Checksum(crc, bytes));
            return new EncodedAudio(levels, lowest, highest);
        }

        /// The same at another place.
        Stored at(long other) {
            return new Stored(other, bytes, crc, lowest, highest, recordedRate, channels, notes);
        }

        boolean fits(long fileBytes, int width) {
            return offset >= 0
                    && bytes >= 0
                    && bytes % width == 0
                    && bytes / width < Integer.MAX_VALUE
                    && offset <= fileBytes - bytes;
        }
    }

    /// The index in that file; null where there is none that can be read.
    ///
    /// @param width the bytes of a level
    static @Nullable CacheIndex read(Path file, int width) throws IOException {
        if (!Files.isRegularFile(file)) return null;
        // Lines are decoded one by one: the last may end within a letter.
        List<String> lines =
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty()) return null;
        try {
            // What is read may lack anything.
            About about = JSON.readValue(lines.getFirst(), About.class);
            if (about == null || about.format() != FORMAT || about.encoding() == null) return null;
            Path levels = levels(file, about);
            if (levels == null) return null;
            long fileBytes = Files.size(levels);
            var entries = new LinkedHashMap<String, Entry>();
            for (String line : lines.subList(1, lines.size())) {
                Entry entry = entry(line);
                if (entry == null) break;
                if (entry.kept() == null || entry.kept().fits(fileBytes, width)) {
                    entries.put(entry.name(), entry);
                }
            }
            return new CacheIndex(about, entries);
        } catch (JsonProcessingException _) {
            return null; // it is made anew
        }
    }

    private static @Nullable Entry entry(String line) {
        try {
            Entry entry = JSON.readValue(line, Entry.class);
            return entry == null || entry.name() == null ? null : entry;
        } catch (JsonProcessingException _) {
            return null;
        }
    }

    /// The file of the levels beside the index; null where it is not there.
    private static @Nullable Path levels(Path index, About about) {
        String name = Objects.requireNonNullElse(about.levels(), "");
        if (!name.matches("levels-\\d+")) return null;
        Path file = index.resolveSibling(name);
        return Files.isRegularFile(file) ? file : null;
    }

    /// A line of the index, with its end.
    static String line(Object aboutOrEntry) {
        try {
            return JSON.writeValueAsString(aboutOrEntry) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an index that cannot be written", e);
        }
    }

    /// The entry of that file, if it is still about it.
    @Nullable Entry of(AudioFile file) {
        Entry entry = entries.get(nameOf(file));
        return entry != null && entry.isOf(file) ? entry : null;
    }

    private static String nameOf(AudioFile file) {
        return file.name().toString().replace('\\', '/');
    }
}
