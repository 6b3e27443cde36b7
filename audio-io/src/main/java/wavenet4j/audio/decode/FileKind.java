package wavenet4j.audio.decode;

import wavenet4j.audio.decode.internal.FileBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// What a file is that cannot be read, by its first bytes, and what to do about it.
final class FileKind {
    private static final String CONVERT = "; convert it to WAV or FLAC";
    private static final String EXTRACT = "; extract its sound as WAV or FLAC";
    private static final String UNPACK = "; unpack it and name what is in it";
    private static final String RENDER =
            ", notes without sound; render it to WAV with a synthesizer";
    private static final String NO_RECORDING = ", not a recording; leave it out";
    private static final int READ_BYTES = 512;

    /// Bytes at an offset that tell a format.
    private record Signature(int at, ByteBuffer bytes, String problem) {
        static Signature hex(String hex, String problem) {
            return new Signature(0, ByteBuffer.wrap(HexFormat.of().parseHex(hex)), problem);
        }

        static Signature text(String text, String problem) {
            return text(0, text, problem);
        }

        static Signature text(int at, String text, String problem) {
            return new Signature(at, StandardCharsets.ISO_8859_1.encode(text), problem);
        }

        boolean matches(ByteBuffer head) {
            int length = bytes.remaining();
            return head.limit() >= at + length && head.slice(at, length).equals(bytes);
        }
    }

    private static final List<Signature> SIGNATURES =
            List.of(
                    Signature.text(
                            "version https://git-lfs",
                            "is a Git LFS pointer, not the recording itself; run git lfs pull in"
                                    + " its repository"),
                    Signature.hex("3026b2758e66cf11", "is Windows Media (WMA or WMV)" + CONVERT),
                    Signature.text("MThd", "is MIDI" + RENDER),
                    Signature.text(8, "RMID", "is MIDI" + RENDER),
                    Signature.text(8, "AVI ", "is AVI video" + EXTRACT),
                    Signature.text(8, "WEBP", "is a WebP image" + NO_RECORDING),
                    Signature.hex("1a45dfa3", "is Matroska or WebM" + EXTRACT),
                    Signature.text("FLV", "is Flash video" + EXTRACT),
                    Signature.hex("000001ba", "is MPEG video" + EXTRACT),
                    Signature.hex("000001b3", "is MPEG video" + EXTRACT),
                    Signature.text(".RMF", "is RealMedia" + CONVERT),
                    Signature.text("wvpk", "is WavPack" + CONVERT),
                    Signature.text("MAC ", "is Monkey's Audio" + CONVERT),
                    Signature.text("MPCK", "is Musepack" + CONVERT),
                    Signature.text("MP+", "is Musepack" + CONVERT),
                    Signature.text("TTA1", "is True Audio" + CONVERT),
                    Signature.text("OFR ", "is OptimFROG" + CONVERT),
                    Signature.text("ajkg", "is Shorten" + CONVERT),
                    Signature.text("DSD ", "is DSD (DSF)" + CONVERT),
                    Signature.text("FRM8", "is DSD (DSDIFF)" + CONVERT),
                    Signature.text("#!AMR", "is AMR" + CONVERT),
                    Signature.text("NIST_1A", "is NIST SPHERE" + CONVERT),
                    Signature.text("Creative Voice File", "is a Creative Voice file" + CONVERT),
                    Signature.hex("0b77", "is AC-3" + CONVERT),
                    Signature.hex("7ffe8001", "is DTS" + CONVERT),
                    Signature.hex("504b0304", "is a ZIP archive" + UNPACK),
                    Signature.hex("1f8b", "is a gzip archive" + UNPACK),
                    Signature.text("BZh", "is a bzip2 archive" + UNPACK),
                    Signature.hex("fd377a585a00", "is an xz archive" + UNPACK),
                    Signature.hex("28b52ffd", "is a Zstandard archive" + UNPACK),
                    Signature.hex("377abcaf271c", "is a 7z archive" + UNPACK),
                    Signature.text("Rar!", "is a RAR archive" + UNPACK),
                    Signature.text(257, "ustar", "is a tar archive" + UNPACK),
                    Signature.text("%PDF", "is a PDF document" + NO_RECORDING),
                    Signature.hex("89504e470d0a1a0a", "is a PNG image" + NO_RECORDING),
                    Signature.hex("ffd8ff", "is a JPEG image" + NO_RECORDING),
                    Signature.text("GIF8", "is a GIF image" + NO_RECORDING),
                    Signature.hex("934e554d5059", "is a NumPy array" + CONVERT),
                    Signature.hex("00051607", "holds macOS's notes about a file" + NO_RECORDING),
                    Signature.text("SQLite format", "is a SQLite database" + NO_RECORDING),
                    Signature.hex("7f454c46", "is a program" + NO_RECORDING));

    private FileKind() {}

    /// What is wrong with a file that begins with a signature; empty where it has none.
    static String bySignature(FileBytes file) throws IOException {
        ByteBuffer head = file.read(0, READ_BYTES, ByteOrder.BIG_ENDIAN);
        for (Signature signature : SIGNATURES) {
            if (signature.matches(head)) return signature.problem();
        }
        return "";
    }

    /// What is wrong with a file in which nothing is found.
    static String byContent(FileBytes file) throws IOException {
        ByteBuffer head = file.read(0, READ_BYTES, ByteOrder.BIG_ENDIAN);
        String text = FileBytes.ascii(head, 0, READ_BYTES);
        String lower = text.toLowerCase(Locale.ROOT); // comments and XML may come first
        if (lower.contains("<!doctype html") || lower.contains("<html")) {
            return "is a web page, as a download that failed leaves; download the recording again";
        }
        if (text.chars().allMatch(c -> c == 0)) {
            return "begins with zeros only, as an interrupted copy leaves; copy it again";
        }
        if (text.chars().allMatch(FileKind::isText)) {
            return "is text" + NO_RECORDING;
        }
        return "is not audio that can be read (WAV, AIFF, CAF, AU, FLAC, MP3, AAC, Ogg Vorbis,"
                + " Opus); convert it to 16-bit WAV or FLAC";
    }

    private static boolean isText(int c) {
        return (c >= ' ' && c < 0x7f) || (c >= '\t' && c <= '\r');
    }
}
