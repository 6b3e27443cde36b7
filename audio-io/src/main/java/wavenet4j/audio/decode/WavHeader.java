package wavenet4j.audio.decode;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The position and format of the samples of a WAV file, from its chunks: RIFF (Microsoft and IBM
/// 1991), its big-endian variant RIFX, and RF64 with 64-bit sizes (EBU Tech 3306, ITU-R BS.2088's
/// BW64). The total size in the RIFF header is often wrong and is not used; every other size is
/// limited to the length of the file.
///
/// @param format of the samples
/// @param dataStart the offset of the first sample in the file
/// @param dataBytes bytes of samples that are present
/// @param warning a defect of the sizes, or null
record WavHeader(WavFormat format, long dataStart, long dataBytes, @Nullable String warning) {

    /// The sizes that ffmpeg and SoX write into streams of unknown length.
    private static final long UNKNOWN = 0xffff_ffffL;

    private static final long UNKNOWN_SOX = 0x7fff_f000L;

    /// A limit for crafted files of empty chunks; real files have a few dozen.
    private static final int MOST_CHUNKS = 10_000;

    static WavHeader read(Path file, FileChannel channel) throws IOException {
        return new ChunkReader(file, channel).read();
    }

    /// Reads the chunks of one file.
    private static final class ChunkReader {
        private final Path file;
        private final FileChannel channel;
        private final long fileBytes;
        private final boolean is64;
        private final ByteBuffer head;

        private @Nullable WavFormat format;
        private long dataBytes64 = UNKNOWN;
        private long dataStart = -1;
        private long dataBytes;
        private @Nullable String warning;

        ChunkReader(Path file, FileChannel channel) throws IOException {
            this.file = file;
            this.channel = channel;
            fileBytes = channel.size();
            head = ByteBuffer.allocate(40);
            fill(0, 12);
            String magic = ascii(0);
            is64 = magic.equals("RF64") || magic.equals("BW64");
            head.order(magic.equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            if (head.limit() < 12 || !ascii(8).equals("WAVE")) {
                throw new AudioException(
                        file,
                        "starts with "
                                + magic
                                + " but is not a WAVE file; convert it to 16-bit WAV");
            }
        }

        WavHeader read() throws IOException {
            long at = 12;
            for (int i = 0; i < MOST_CHUNKS && (format == null || dataStart < 0); i++) {
                fill(at, 8);
                if (head.limit() < 8) break;
                String id = ascii(0);
                long size = head.getInt(4) & 0xffff_ffffL;
                long body = at + 8;
                switch (id) {
                    case "ds64" -> readSizes64(body, size);
                    case "fmt " -> readFormat(body, size);
                    case "data" -> {
                        if (size == UNKNOWN && is64 && dataBytes64 >= 0) size = dataBytes64;
                        if (dataStart < 0) locateData(body, size);
                    }
                    default -> {} // notes, markers, padding
                }
                at = body + size + (size & 1); // chunks start at even offsets
                if (at < body) break; // overflow of a 64-bit size
            }
            if (format == null) {
                throw new AudioException(file, "has no fmt chunk; convert it to 16-bit WAV");
            }
            if (dataStart < 0) {
                throw new AudioException(
                        file, "has no data chunk and so no samples; record or convert it again");
            }
            return new WavHeader(format, dataStart, dataBytes, warning);
        }

        private void readSizes64(long body, long size) throws IOException {
            fill(body, 16);
            if (size >= 16 && head.limit() == 16) dataBytes64 = head.getLong(8);
        }

        private void readFormat(long body, long size) throws IOException {
            if (format != null) return;
            fill(body, (int) Math.min(size, 40));
            format = WavFormat.read(file, head);
        }

        private void locateData(long body, long declared) throws IOException {
            long present = fileBytes - body;
            dataStart = body;
            dataBytes = Math.min(declared, present);
            if (declared == UNKNOWN || declared == UNKNOWN_SOX) return;
            if (declared > present) {
                warning =
                        "is truncated: its data chunk declares %d bytes and %d are there"
                                .formatted(declared, present);
            } else if (declared == 0 && present > 0 && !isChunk(body)) {
                dataBytes = present;
                warning =
                        "was not closed by its writer: its data chunk declares 0 bytes, the %d that follow were read as samples"
                                .formatted(present);
            }
        }

        /// Whether a plausible chunk starts here, as after an empty data chunk; samples hardly look
        /// like one.
        private boolean isChunk(long at) throws IOException {
            fill(at, 8);
            if (head.limit() < 8) return false;
            for (int i = 0; i < 4; i++) {
                if (head.get(i) < ' ' || head.get(i) > '~') return false;
            }
            return (head.getInt(4) & 0xffff_ffffL) <= fileBytes - at - 8;
        }

        /// Reads up to `count` bytes at `at` into `head` and sets its limit to the number read.
        private void fill(long at, int count) throws IOException {
            head.clear().limit(count);
            while (head.hasRemaining()) {
                if (channel.read(head, at + head.position()) < 0) break;
            }
            head.flip();
        }

        private String ascii(int from) {
            int length = Math.clamp(head.limit() - from, 0, 4);
            return new String(head.array(), from, length, StandardCharsets.ISO_8859_1);
        }
    }
}
