package wavenet4j.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// How the samples of a WAV file are coded, from its fmt chunk.
///
/// @param coding what a value is
/// @param channels how many values make a frame
/// @param sampleRate frames per second
/// @param bytes how many bytes a value takes, 1 to 8
/// @param order the order of those bytes
record WavFormat(Coding coding, int channels, int sampleRate, int bytes, ByteOrder order) {

    enum Coding {
        /// Integers, offset binary in one byte, two's complement in more; fewer valid bits than the
        /// bytes hold stand at the top.
        INTEGER,
        /// 24 bits at the bottom of four bytes.
        INTEGER_24_LOW,
        FLOAT,
        MU_LAW,
        A_LAW
    }

    private static final int EXTENSIBLE = 0xfffe;

    /// What follows the format tag in the GUID of an extensible format, in little-endian files and
    /// in big-endian ones, whose first three groups are turned.
    private static final byte[] GUID_LITTLE = {
        0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
    };

    private static final byte[] GUID_BIG = {
        0, 0, 0, 0x10, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
    };

    /// Rates outside these come from damaged headers, not from converters.
    private static final long LOWEST_RATE = 1_000;

    private static final long HIGHEST_RATE = 768_000;

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
        long rate = chunk.getInt(4) & 0xffff_ffffL;
        int blockAlign = chunk.getShort(12) & 0xffff;
        int bits = chunk.getShort(14) & 0xffff;
        if (channels == 0) {
            throw new AudioException(file, "declares 0 channels; convert it to 16-bit WAV");
        }
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw new AudioException(
                    file,
                    "declares a sample rate of %d Hz, outside %d to %d; convert it to 16-bit WAV"
                            .formatted(rate, LOWEST_RATE, HIGHEST_RATE));
        }
        boolean extensible = tag == EXTENSIBLE;
        if (extensible) tag = subFormat(file, chunk);
        int bytes = blockAlign == 0 ? (bits + 7) / 8 : blockAlign / channels;
        // A codec is refused before its sizes are judged: those mean something else there.
        Coding coding =
                switch (tag) {
                    // By the rules the valid bits stand at the top of the container, but ALSA's
                    // arecord, the one known writer of plain 24 in 32 bits, has them at the bottom.
                    case 0x0001 ->
                            !extensible && bits == 24 && bytes == 4
                                    ? Coding.INTEGER_24_LOW
                                    : Coding.INTEGER;
                    case 0x0003 -> Coding.FLOAT;
                    case 0x0006 -> Coding.A_LAW;
                    case 0x0007 -> Coding.MU_LAW;
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
                    case INTEGER, INTEGER_24_LOW -> true;
                    case FLOAT -> bytes == 4 || bytes == 8;
                    case A_LAW, MU_LAW -> bytes == 1;
                };
        if (!fits) {
            throw new AudioException(
                    file,
                    "declares %s values of %d bytes, which do not exist; convert it to 16-bit WAV"
                            .formatted(name(tag), bytes));
        }
        return new WavFormat(coding, channels, (int) rate, bytes, chunk.order());
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
