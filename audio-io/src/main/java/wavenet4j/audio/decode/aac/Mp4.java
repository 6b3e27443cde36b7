package wavenet4j.audio.decode.aac;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.decode.internal.FileBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The frames of the first sound track of an MP4 or QuickTime file (ISO 14496-12 and -14).
final class Mp4 {
    private static final int MOST_TABLE_BYTES = 1 << 28;

    /// Of a sample entry before its boxes, in the versions 0, 1 and 2 of QuickTime.
    private static final int[] ENTRY_BYTES = {28, 44, 64};

    private final FileBytes file;
    private final Box track;

    private Mp4(FileBytes file, Box track) {
        this.file = file;
        this.track = track;
    }

    static AacFrames read(FileBytes file) throws IOException {
        Box movie = Box.of(file).find("moov");
        if (movie == null) {
            throw file.problem("is an MP4 file without its index, as one cut short; copy it again");
        }
        for (Box track : movie.boxes(0)) {
            Box handler = track.find("mdia", "hdlr");
            if (track.type().equals("trak")
                    && handler != null
                    && FileBytes.ascii(handler.content(12), 8, 4).equals("soun")) {
                return new Mp4(file, track).frames(movie);
            }
        }
        throw file.problem("is an MP4 file without sound; leave it out");
    }

    private AacFrames frames(Box movie) throws IOException {
        ByteBuffer config = config(table("stsd"));
        List<Integer> sizes = sizes(table("stsz"));
        if (sizes.isEmpty() && movie.find("mvex") != null) {
            throw file.problem("is a fragmented MP4 file; convert it to WAV or FLAC");
        }
        List<Long> offsets = offsets(sizes);
        List<String> warnings = new ArrayList<>();
        int there = 0;
        while (there < offsets.size() && offsets.get(there) + sizes.get(there) <= file.size()) {
            there++;
        }
        if (there < sizes.size()) {
            warnings.add(
                    "is truncated: it declares %d AAC frames and %d are there"
                            .formatted(sizes.size(), there));
        }
        double start = 0;
        double seconds = Double.POSITIVE_INFINITY;
        Box edits = track.find("edts", "elst");
        ByteBuffer edit = edits == null ? null : edits.content(28);
        if (edit != null && edit.limit() >= 20 && edit.getInt(4) == 1) {
            boolean wide = edit.get(0) == 1 && edit.limit() >= 24;
            long length = wide ? edit.getLong(8) : edit.getInt(8) & 0xffff_ffffL;
            long from = wide ? edit.getLong(16) : edit.getInt(12);
            start = Math.max(0, from / timescale(track.find("mdia", "mdhd")));
            if (length > 0) seconds = length / timescale(movie.find("mvhd"));
        }
        return new AacFrames(
                config,
                offsets.subList(0, there),
                sizes.subList(0, there),
                start,
                seconds,
                warnings);
    }

    private Box table(String type) throws IOException {
        Box box = track.find("mdia", "minf", "stbl", type);
        if (box == null) throw damaged();
        return box;
    }

    private AudioException damaged() {
        return file.problem("has a damaged MP4 index; copy it again or convert it to WAV");
    }

    /// The decoder's configuration, from the first sample description.
    private ByteBuffer config(Box descriptions) throws IOException {
        List<Box> entries = descriptions.boxes(8);
        if (entries.isEmpty()) throw damaged();
        Box entry = entries.getFirst();
        if (!entry.type().equals("mp4a")) {
            throw file.problem(
                    "is an MP4 file of %s, not of AAC; convert it to WAV or FLAC"
                            .formatted(name(entry.type())));
        }
        ByteBuffer head = entry.content(10);
        if (head.limit() < 10) throw damaged();
        int version = Math.clamp(head.getShort(8), 0, 2);
        ByteBuffer config = null;
        for (Box box : entry.boxes(ENTRY_BYTES[version])) {
            Box descriptor = box.type().equals("wave") ? box.find("esds") : box;
            if (descriptor != null && descriptor.type().equals("esds")) {
                config = config(descriptor.content(1000));
            }
        }
        if (config == null) throw damaged();
        return config;
    }

    private static String name(String type) {
        return switch (type) {
            case "alac" -> "Apple Lossless";
            case "enca", "drms" -> "protected sound";
            case "ac-3", "ec-3" -> "Dolby Digital";
            case "samr", "sawb" -> "AMR";
            case ".mp3" -> "MP3";
            default -> type.replaceAll("[^ -~]", "?");
        };
    }

    /// Nested descriptors (ISO 14496-1): each a tag, a length of seven bits a byte, and content.
    private static @Nullable ByteBuffer config(ByteBuffer descriptors) {
        if (descriptors.limit() < 4) return null;
        descriptors.position(4);
        while (descriptors.remaining() >= 2) {
            int tag = descriptors.get();
            int length = 0;
            int more;
            do {
                more = descriptors.hasRemaining() ? descriptors.get() : 0;
                length = (length << 7) | (more & 0x7f);
            } while (more < 0 && descriptors.hasRemaining());
            int skipped;
            switch (tag) {
                case 3 ->
                        skipped =
                                descriptors.remaining() < 3
                                        ? 3
                                        : elementaryStreamBytes(descriptors);
                case 4 -> skipped = 13;
                case 5 -> {
                    int there = Math.clamp(length, 0, descriptors.remaining());
                    return descriptors.slice(descriptors.position(), there);
                }
                default -> skipped = length;
            }
            if (skipped < 0 || skipped > descriptors.remaining()) return null;
            descriptors.position(descriptors.position() + skipped);
        }
        return null;
    }

    /// Identifier, flags, and what the flags add.
    private static int elementaryStreamBytes(ByteBuffer descriptors) {
        int at = descriptors.position();
        int flags = descriptors.get(at + 2);
        int bytes = 3 + ((flags & 0x80) != 0 ? 2 : 0) + ((flags & 0x20) != 0 ? 2 : 0);
        boolean named = (flags & 0x40) != 0 && at + bytes < descriptors.limit();
        return named ? bytes + 1 + (descriptors.get(at + bytes) & 0xff) : bytes;
    }

    /// Bytes of each frame. Their number is limited by the bytes of table or file that they need.
    private List<Integer> sizes(Box box) throws IOException {
        ByteBuffer table = box.content(MOST_TABLE_BYTES);
        if (table.limit() < 12) throw damaged();
        int same = table.getInt(4);
        long count = table.getInt(8) & 0xffff_ffffL;
        long most = same == 0 ? (table.limit() - 12) / 4 : file.size() / Math.max(1, same);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < Math.min(count, most); i++) {
            sizes.add(Math.max(0, same == 0 ? table.getInt(12 + 4 * i) : same));
        }
        return sizes;
    }

    /// Frames lie one after the other in chunks; a table tells how many a chunk has, from which
    /// chunk on.
    private List<Long> offsets(List<Integer> sizes) throws IOException {
        ByteBuffer runs = table("stsc").content(MOST_TABLE_BYTES);
        Box wide = track.find("mdia", "minf", "stbl", "co64");
        Box box = wide == null ? table("stco") : wide;
        ByteBuffer chunks = box.content(MOST_TABLE_BYTES);
        if (runs.limit() < 20 || chunks.limit() < 8) {
            if (sizes.isEmpty()) return List.of();
            throw damaged();
        }
        int entryBytes = wide == null ? 4 : 8;
        long chunkCount =
                Math.min(chunks.getInt(4) & 0xffff_ffffL, (chunks.limit() - 8) / entryBytes);
        int runCount = (int) Math.min(runs.getInt(4) & 0xffff_ffffL, (runs.limit() - 8) / 12);
        List<Long> offsets = new ArrayList<>();
        int run = 0;
        for (int chunk = 0; chunk < chunkCount; chunk++) {
            while (run + 1 < runCount && chunk + 1 >= runs.getInt(8 + 12 * (run + 1))) run++;
            int at = 8 + entryBytes * chunk;
            long offset = wide == null ? chunks.getInt(at) & 0xffff_ffffL : chunks.getLong(at);
            int frames = runs.getInt(12 + 12 * run);
            for (int i = 0; i < frames && offsets.size() < sizes.size(); i++) {
                if (offset < 0) throw damaged();
                offsets.add(offset);
                offset += sizes.get(offsets.size() - 1);
            }
        }
        return offsets;
    }

    /// Units a second.
    private double timescale(@Nullable Box header) throws IOException {
        ByteBuffer content = header == null ? null : header.content(32);
        if (content == null || content.limit() < 24) throw damaged();
        int units = content.getInt(content.get(0) == 1 ? 20 : 12);
        if (units <= 0) throw damaged();
        return units;
    }
}
