package wavenet4j.audio.decode.pcm;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.decode.internal.AudioDecoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// The sample format of a WAV file, from its fmt chunk.
///
/// @param frame the layout of a frame
/// @param sampleRate frames per second
/// @param warning of values that contradict each other, or null
record WavFormat(PcmFrame frame, int sampleRate, @Nullable String warning) {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xfffe;

    /// The GUID of an extensible format after its format tag, in little-endian files and in
    /// big-endian ones, whose first three groups are byte-swapped.
    private static final byte[] GUID_LITTLE = {
        0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
    };

    private static final byte[] GUID_BIG = {
        0, 0, 0, 0x10, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
    };

    /// Parses and checks the chunk.
    ///
    /// @param chunk the body of the fmt chunk, at most 40 bytes, in the file's byte order
    static WavFormat read(Path file, ByteBuffer chunk) throws AudioException {
        if (chunk.limit() < 16) {
            throw new AudioException(
                    file,
                    "has a fmt chunk of "
                            + chunk.limit()
                            + " bytes where at least 16 are needed; convert it to 16-bit WAV");
        }
        int tag = chunk.getShort(0) & 0xffff;
        int channels = chunk.getShort(2) & 0xffff;
        int rate = AudioDecoder.checkedRate(file, chunk.getInt(4) & 0xffff_ffffL);
        int frameBytes = chunk.getShort(12) & 0xffff;
        int bits = chunk.getShort(14) & 0xffff;
        if (channels == 0) {
            throw new AudioException(file, "declares 0 channels; convert it to 16-bit WAV");
        }
        boolean extensible = tag == EXTENSIBLE;
        if (extensible) tag = subFormat(file, chunk);
        // Compressed formats are refused before the sizes are checked, which say nothing there.
        requireUncompressed(file, tag);
        int bytes = valueBytes(tag, channels, frameBytes, bits);
        if (bytes == 0) {
            throw new AudioException(
                    file,
                    "declares %d bits in frames of %d bytes for %d channels, which does not fit; convert it to 16-bit WAV"
                            .formatted(bits, frameBytes, channels));
        }
        PcmFrame.Coding coding =
                switch (tag) {
                    case FLOAT -> PcmFrame.Coding.FLOAT;
                    case A_LAW -> PcmFrame.Coding.A_LAW;
                    case MU_LAW -> PcmFrame.Coding.MU_LAW;
                    default -> integerCoding(extensible, bits, bytes);
                };
        if (!coding.has(bytes)) {
            throw new AudioException(
                    file,
                    "declares %s values of %d bytes, which do not exist; convert it to 16-bit WAV"
                            .formatted(name(tag), bytes));
        }
        PcmFrame frame = new PcmFrame(coding, chunk.order(), channels, bytes);
        String warning =
                frameBytes == 0 || frameBytes == frame.bytes()
                        ? null
                        : "declares frames of %d bytes, but %d values of %d bytes take %d, as which they were read"
                                .formatted(frameBytes, channels, bytes, frame.bytes());
        return new WavFormat(frame, rate, warning);
    }

    private static void requireUncompressed(Path file, int tag) throws AudioException {
        if (tag == PCM || tag == FLOAT || tag == A_LAW || tag == MU_LAW) return;
        throw new AudioException(
                file,
                "is coded as %s, which is not supported; convert it to 16-bit WAV"
                        .formatted(name(tag)));
    }

    /// The width of a value. Writers err in the size of a frame more often than in the bits, so
    /// where the two contradict each other whole bytes count; other bits, as 12 or 20, stand in a
    /// value as wide as the frame says.
    ///
    /// @return 0 where nothing fits
    private static int valueBytes(int tag, int channels, int frameBytes, int bits) {
        if (tag == A_LAW || tag == MU_LAW) return 1;
        int least = (bits + 7) / 8;
        if (bits == 0 || bits > 64) return 0;
        if (frameBytes == 0) return least;
        int declared = frameBytes % channels == 0 ? frameBytes / channels : 0;
        if (declared == least || (least == 3 && declared == 4)) return declared;
        boolean whole = bits % 8 == 0;
        return whole ? least : declared > least && declared <= 8 ? declared : 0;
    }

    /// Values of one byte are unsigned; the valid bits of wider ones are the most significant. An
    /// exception is plain 24 in 32 bits, whose one known writer, ALSA's arecord, uses the least
    /// significant.
    private static PcmFrame.Coding integerCoding(boolean extensible, int bits, int bytes) {
        if (bytes == 1) return PcmFrame.Coding.UNSIGNED;
        return !extensible && bits == 24 && bytes == 4
                ? PcmFrame.Coding.SIGNED_24_IN_32
                : PcmFrame.Coding.SIGNED;
    }

    private static int subFormat(Path file, ByteBuffer chunk) throws AudioException {
        if (chunk.limit() < 40) {
            throw new AudioException(
                    file,
                    "has an extensible fmt chunk of "
                            + chunk.limit()
                            + " bytes where 40 are needed; convert it to 16-bit WAV");
        }
        byte[] guid = new byte[16];
        chunk.get(24, guid);
        if (endsWith(guid, GUID_LITTLE)) return chunk.getShort(24) & 0xffff;
        if (endsWith(guid, GUID_BIG)) {
            return chunk.order() == ByteOrder.BIG_ENDIAN
                    ? chunk.getInt(24)
                    : chunk.getShort(24) & 0xffff;
        }
        throw new AudioException(
                file,
                "has the unknown extensible sub-format "
                        + HexFormat.of().formatHex(guid)
                        + "; convert it to 16-bit WAV");
    }

    private static boolean endsWith(byte[] bytes, byte[] end) {
        int from = bytes.length - end.length;
        return Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
    }

    private static String name(int tag) {
        return switch (tag) {
            case 0x0002 -> "Microsoft ADPCM";
            case FLOAT -> "float";
            case A_LAW -> "A-law";
            case MU_LAW -> "mu-law";
            case 0x0011 -> "IMA ADPCM";
            case 0x0031 -> "GSM 6.10";
            case 0x0050, 0x0055 -> "MPEG audio inside WAV";
            default -> "format 0x%04x".formatted(tag);
        };
    }
}
