package wavenet4j.audio.decode;

import wavenet4j.audio.AudioException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// The sample format of a WAV file, from its fmt chunk.
///
/// @param frame the layout of a frame
/// @param order byte order of a value
/// @param sampleRate frames per second
record WavFormat(PcmFrame frame, ByteOrder order, int sampleRate) {

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
        int blockAlign = chunk.getShort(12) & 0xffff;
        int bits = chunk.getShort(14) & 0xffff;
        if (channels == 0) {
            throw new AudioException(file, "declares 0 channels; convert it to 16-bit WAV");
        }
        boolean extensible = tag == EXTENSIBLE;
        if (extensible) tag = subFormat(file, chunk);
        int bytes = blockAlign == 0 ? (bits + 7) / 8 : blockAlign / channels;
        // Compressed formats are rejected before the size checks, which do not apply to them.
        PcmFrame.Coding coding =
                switch (tag) {
                    case 0x0001 -> integerCoding(extensible, bits, bytes);
                    case 0x0003 -> PcmFrame.Coding.FLOAT;
                    case 0x0006 -> PcmFrame.Coding.A_LAW;
                    case 0x0007 -> PcmFrame.Coding.MU_LAW;
                    default ->
                            throw new AudioException(
                                    file,
                                    "is coded as %s, which is not supported; convert it to 16-bit WAV"
                                            .formatted(name(tag)));
                };
        if (bits == 0 || bytes > 8 || bits > 8 * bytes || blockAlign % channels != 0) {
            throw new AudioException(
                    file,
                    "declares %d bits in frames of %d bytes for %d channels, which does not fit; convert it to 16-bit WAV"
                            .formatted(bits, blockAlign, channels));
        }
        boolean fits =
                switch (coding) {
                    case SIGNED, UNSIGNED, SIGNED_24_IN_32 -> true;
                    case FLOAT -> bytes == 4 || bytes == 8;
                    case A_LAW, MU_LAW -> bytes == 1;
                };
        if (!fits) {
            throw new AudioException(
                    file,
                    "declares %s values of %d bytes, which do not exist; convert it to 16-bit WAV"
                            .formatted(name(tag), bytes));
        }
        return new WavFormat(new PcmFrame(coding, channels, bytes), chunk.order(), rate);
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
            case 0x0003 -> "float";
            case 0x0006 -> "A-law";
            case 0x0007 -> "mu-law";
            case 0x0011 -> "IMA ADPCM";
            case 0x0031 -> "GSM 6.10";
            case 0x0050, 0x0055 -> "MPEG audio inside WAV";
            default -> "format 0x%04x".formatted(tag);
        };
    }
}
