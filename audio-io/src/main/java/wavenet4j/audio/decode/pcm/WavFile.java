package wavenet4j.audio.decode.pcm;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.decode.internal.FileBytes;
import wavenet4j.audio.decode.pcm.Chunks.Chunk;
import wavenet4j.audio.decode.pcm.Chunks.Layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The headers of WAV: RIFF, its big-endian variant RIFX, RF64 with 64-bit sizes (EBU Tech 3306,
/// ITU-R BS.2088's BW64), and Sony's Wave64, whose names are GUIDs.
final class WavFile {
    private static final String TYPE = "WAVE";
    private static final Set<String> WANTED = Set.of("fmt ", "data");
    private static final int MOST_FORMAT_BYTES = 40;
    private static final long UNKNOWN = 0xffff_ffffL;

    private final FileBytes file;
    private final Chunks chunks;
    private final boolean sizesOf64Bits;
    private final ByteOrder order;

    private @Nullable WavFormat format;
    private @Nullable Samples samples;
    private long dataBytes64 = -1;

    private WavFile(FileBytes file, Layout layout, boolean sizesOf64Bits) {
        this.file = file;
        this.sizesOf64Bits = sizesOf64Bits;
        chunks = new Chunks(file, layout, WANTED);
        order = layout.order();
    }

    static PcmAudio read(FileBytes file) throws IOException {
        String magic = file.ascii(0, 4);
        if (!file.ascii(8, 4).equals(TYPE)) {
            throw file.problem(
                    "starts with " + magic + " but is not a WAVE file; convert it to 16-bit WAV");
        }
        boolean wide = magic.equals("RF64") || magic.equals("BW64");
        return new WavFile(file, magic.equals("RIFX") ? Layout.RIFX : Layout.RIFF, wide).read();
    }

    static PcmAudio readWave64(FileBytes file) throws IOException {
        if (!file.ascii(24, 4).equalsIgnoreCase(TYPE)) {
            throw file.problem("starts as Wave64 but is none; convert it to 16-bit WAV");
        }
        return new WavFile(file, Layout.WAVE64, false).read();
    }

    private PcmAudio read() throws IOException {
        while (format == null || samples == null) {
            Chunk chunk = chunks.next();
            if (chunk == null) break;
            switch (chunk.id()) {
                case "ds64" -> readSizes64(chunk);
                case "fmt " -> readFormat(chunk);
                case "data" -> locateSamples(chunk);
                default -> {} // notes, markers, padding
            }
        }
        if (format == null) {
            throw file.problem("has no fmt chunk; convert it to 16-bit WAV");
        }
        if (samples == null) {
            throw file.problem("has no data chunk and so no samples; record or convert it again");
        }
        List<String> warnings = new ArrayList<>();
        if (samples.warning() != null) warnings.add(samples.warning());
        if (format.warning() != null) warnings.add(format.warning());
        return new PcmAudio(
                format.frame(), format.sampleRate(), samples.start(), samples.bytes(), warnings);
    }

    private void readSizes64(Chunk chunk) throws IOException {
        ByteBuffer sizes = file.read(chunk.start(), 16, order);
        if (chunk.size() >= 16 && sizes.limit() == 16) dataBytes64 = sizes.getLong(8);
    }

    private void readFormat(Chunk chunk) throws IOException {
        if (format != null) return;
        int bytes = Math.clamp(chunk.size(), 0, MOST_FORMAT_BYTES);
        format = WavFormat.read(file.path(), file.read(chunk.start(), bytes, order));
    }

    private void locateSamples(Chunk chunk) throws IOException {
        if (samples != null) return;
        long size = chunk.size();
        if (sizesOf64Bits && size == UNKNOWN && dataBytes64 >= 0) {
            size = dataBytes64;
            chunks.skip(chunk, size);
        }
        boolean followed = size == 0 && chunks.startsAt(chunk.start());
        samples = Samples.of(file, "data chunk", chunk.start(), size, followed);
    }
}
