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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The headers of AIFF (Apple 1989) and AIFC (Apple 1991).
final class AiffFile {
    private static final Set<String> WANTED = Set.of("COMM", "SSND");
    private static final int FORMAT_BYTES = 18;
    private static final int COMPRESSION_BYTES = 4;

    /// Of offset and block size, before the samples.
    private static final int SAMPLES_HEAD_BYTES = 8;

    private final FileBytes file;
    private final boolean mayBeCompressed;
    private final Chunks chunks;

    private @Nullable PcmFrame frame;
    private int sampleRate;
    private long declaredFrames;
    private @Nullable Samples samples;
    private boolean ofAStream;

    private AiffFile(FileBytes file, boolean mayBeCompressed) {
        this.file = file;
        this.mayBeCompressed = mayBeCompressed;
        chunks = new Chunks(file, Layout.IFF, WANTED);
    }

    static PcmAudio read(FileBytes file) throws IOException {
        String type = file.ascii(8, 4);
        if (!type.equals("AIFF") && !type.equals("AIFC")) {
            throw file.problem(
                    "is an IFF file of type %s, not AIFF; convert it to 16-bit WAV"
                            .formatted(type));
        }
        return new AiffFile(file, type.equals("AIFC")).read();
    }

    private PcmAudio read() throws IOException {
        while (frame == null || samples == null) {
            Chunk chunk = chunks.next();
            if (chunk == null) break;
            switch (chunk.id()) {
                case "COMM" -> readFormat(chunk);
                case "SSND" -> locateSamples(chunk);
                default -> {} // names, markers, instruments
            }
        }
        if (frame == null) throw file.problem("has no COMM chunk; convert it to 16-bit WAV");
        if (samples == null) {
            if (declaredFrames != 0) {
                throw file.problem("has no SSND chunk and so no samples; record it again");
            }
            samples = new Samples(file.size(), 0, null); // as the format permits
        }
        return new PcmAudio(frame, sampleRate, samples.start(), samples.bytes(), warnings());
    }

    private void readFormat(Chunk chunk) throws IOException {
        if (frame != null) return;
        ByteBuffer format =
                file.read(chunk.start(), FORMAT_BYTES + COMPRESSION_BYTES, ByteOrder.BIG_ENDIAN);
        int bytes = (int) Math.min(format.limit(), chunk.size());
        if (bytes < FORMAT_BYTES) {
            throw file.problem(
                    "has a COMM chunk of %d bytes where %d are needed; convert it to 16-bit WAV"
                            .formatted(bytes, FORMAT_BYTES));
        }
        int channels = format.getShort(0) & 0xffff;
        declaredFrames = format.getInt(2) & 0xffff_ffffL;
        int bits = format.getShort(6) & 0xffff;
        sampleRate = AudioDecoder.checkedRate(file.path(), Math.round(extended(format, 8)));
        String compression =
                mayBeCompressed && bytes == FORMAT_BYTES + COMPRESSION_BYTES
                        ? FileBytes.ascii(format, FORMAT_BYTES, COMPRESSION_BYTES)
                        : "NONE";
        if (channels == 0) throw file.problem("declares 0 channels; convert it to 16-bit WAV");
        frame = frame(compression, channels, bits);
    }

    /// The width of a value comes from the compression type where that says it: there the bits are
    /// those of the original.
    private PcmFrame frame(String compression, int channels, int bits) throws AudioException {
        int bytes = (bits + 7) / 8;
        PcmFrame of =
                switch (compression.toLowerCase(Locale.ROOT)) {
                    case "none", "twos" -> big(Coding.SIGNED, channels, bytes);
                    case "sowt" ->
                            new PcmFrame(Coding.SIGNED, ByteOrder.LITTLE_ENDIAN, channels, bytes);
                    case "raw " -> big(Coding.UNSIGNED, channels, bytes);
                    case "in16" -> big(Coding.SIGNED, channels, 2);
                    case "in24" -> big(Coding.SIGNED, channels, 3);
                    case "in32" -> big(Coding.SIGNED, channels, 4);
                    case "42ni" ->
                            new PcmFrame(Coding.SIGNED, ByteOrder.LITTLE_ENDIAN, channels, 3);
                    case "23ni" ->
                            new PcmFrame(Coding.SIGNED, ByteOrder.LITTLE_ENDIAN, channels, 4);
                    case "fl32" -> big(Coding.FLOAT, channels, 4);
                    case "fl64" -> big(Coding.FLOAT, channels, 8);
                    case "ulaw" -> big(Coding.MU_LAW, channels, 1);
                    case "alaw" -> big(Coding.A_LAW, channels, 1);
                    default ->
                            throw file.problem(
                                    "is compressed as %s, which is not supported; convert it to 16-bit WAV"
                                            .formatted(name(compression)));
                };
        if (!of.coding().has(of.valueBytes())) {
            throw file.problem(
                    "declares samples of %d bits, which do not exist; convert it to 16-bit WAV"
                            .formatted(bits));
        }
        return of;
    }

    private static PcmFrame big(Coding coding, int channels, int valueBytes) {
        return new PcmFrame(coding, ByteOrder.BIG_ENDIAN, channels, valueBytes);
    }

    private static String name(String compression) {
        return switch (compression) {
            case "ima4" -> "IMA ADPCM";
            case "GSM " -> "GSM 6.10";
            case "MAC3", "MAC6" -> "MACE";
            case "QDMC", "QDM2" -> "QDesign Music";
            case "Qclp" -> "Qualcomm PureVoice";
            default -> compression.replaceAll("[^ -~]", "?");
        };
    }

    private void locateSamples(Chunk chunk) throws IOException {
        if (samples != null) return;
        ByteBuffer head = file.read(chunk.start(), SAMPLES_HEAD_BYTES, ByteOrder.BIG_ENDIAN);
        if (head.limit() < SAMPLES_HEAD_BYTES) return;
        // A size without these eight bytes is one that was never filled in.
        long size = Math.max(0, chunk.size() - SAMPLES_HEAD_BYTES);
        long offset = head.getInt(0) & 0xffff_ffffL;
        if (offset > size) offset = 0; // beyond the samples, it is an error
        long start = chunk.start() + SAMPLES_HEAD_BYTES + offset;
        ofAStream = size == 0 || Samples.isStreamed(size);
        boolean followed = size == 0 && chunks.startsAt(start);
        samples = Samples.of(file, "SSND chunk", start, size - offset, followed);
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (samples == null || frame == null) return warnings;
        if (samples.warning() != null) warnings.add(samples.warning());
        long there = samples.bytes() / frame.bytes();
        boolean known = declaredFrames != 0 && !Samples.isStreamed(declaredFrames) && !ofAStream;
        if (known && declaredFrames > there && warnings.isEmpty()) {
            warnings.add(
                    "is truncated: it declares %d samples and %d are there"
                            .formatted(declaredFrames, there));
        } else if (known && declaredFrames < there) {
            warnings.add(
                    "declares %d samples, but %d are there, which were all read"
                            .formatted(declaredFrames, there));
        }
        return warnings;
    }

    /// A float of 80 bits (IEEE 754 extended): sign, 15 bits of exponent, 64 of mantissa.
    private static double extended(ByteBuffer bytes, int at) {
        int exponent = (bytes.getShort(at) & 0x7fff) - 16383 - 63;
        long mantissa = bytes.getLong(at + 2);
        double value = (mantissa >>> 1) * 2.0 + (mantissa & 1);
        return Math.scalb(value, exponent);
    }
}
