package wavenet4j.audio.decode.pcm;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.FileBytes;
import wavenet4j.audio.decode.pcm.Chunks.Chunk;
import wavenet4j.audio.decode.pcm.Chunks.Layout;
import wavenet4j.audio.decode.pcm.PcmFrame.Coding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/// The headers of CAF (Apple's Core Audio Format).
final class CafFile {
    private static final Set<String> WANTED = Set.of("desc", "data");
    private static final int FORMAT_BYTES = 32;
    private static final int IS_FLOAT = 1;
    private static final int IS_LITTLE_ENDIAN = 2;

    /// Of the count of edits, before the samples.
    private static final int SAMPLES_HEAD_BYTES = 4;

    private CafFile() {}

    static PcmAudio read(FileBytes file) throws IOException {
        Chunks chunks = new Chunks(file, Layout.CAF, WANTED);
        ByteBuffer format = null;
        Samples samples = null;
        for (Chunk chunk;
                (samples == null || format == null) && (chunk = chunks.next()) != null; ) {
            if (chunk.id().equals("desc") && chunk.size() >= FORMAT_BYTES) {
                format = file.read(chunk.start(), FORMAT_BYTES, ByteOrder.BIG_ENDIAN);
            } else if (chunk.id().equals("data")) {
                long size = chunk.size() < 0 ? -1 : chunk.size() - SAMPLES_HEAD_BYTES;
                long start = chunk.start() + SAMPLES_HEAD_BYTES;
                samples = Samples.of(file, "data chunk", start, size, false);
            }
        }
        if (format == null || format.limit() < FORMAT_BYTES) {
            throw file.problem("has no desc chunk; convert it to 16-bit WAV");
        }
        if (samples == null) {
            throw file.problem("has no data chunk and so no samples; record or convert it again");
        }
        long rate = Math.round(format.getDouble(0));
        return new PcmAudio(
                frame(file, format),
                AudioDecoder.checkedRate(file.path(), rate),
                samples.start(),
                samples.bytes(),
                warnings(samples.warning()));
    }

    private static List<String> warnings(@Nullable String warning) {
        return warning == null ? List.of() : List.of(warning);
    }

    private static PcmFrame frame(FileBytes file, ByteBuffer format) throws AudioException {
        String coded = FileBytes.ascii(format, 8, 4);
        int flags = format.getInt(12);
        int packetBytes = format.getInt(16);
        int channels = format.getInt(24);
        int bits = format.getInt(28);
        Coding coding =
                switch (coded) {
                    case "lpcm" -> (flags & IS_FLOAT) != 0 ? Coding.FLOAT : Coding.SIGNED;
                    case "ulaw" -> Coding.MU_LAW;
                    case "alaw" -> Coding.A_LAW;
                    default ->
                            throw file.problem(
                                    "is coded as %s, which is not supported in CAF; convert it to 16-bit WAV"
                                            .formatted(name(coded)));
                };
        boolean fits = channels > 0 && packetBytes > 0 && packetBytes % channels == 0;
        int bytes = fits ? packetBytes / channels : 0;
        boolean packed = !coded.equals("lpcm") || bytes == (bits + 7) / 8;
        if (!fits || !packed || channels > 0xffff || !coding.has(bytes)) {
            throw file.problem(
                    "declares %d bits in frames of %d bytes for %d channels, which does not fit; convert it to 16-bit WAV"
                            .formatted(bits, packetBytes, channels));
        }
        boolean little = (flags & IS_LITTLE_ENDIAN) != 0;
        return new PcmFrame(
                coding, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN, channels, bytes);
    }

    private static String name(String coded) {
        return switch (coded) {
            case "alac" -> "Apple Lossless";
            case "aac " -> "AAC";
            case "ima4" -> "IMA ADPCM";
            case ".mp3" -> "MP3";
            default -> coded.replaceAll("[^ -~]", "?");
        };
    }
}
