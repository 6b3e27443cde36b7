package wavenet4j.audio.decode;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.AudioHeader;
import wavenet4j.audio.Clip;
import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.decode.aac.AacDecoder;
import wavenet4j.audio.decode.flac.FlacDecoder;
import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.FileBytes;
import wavenet4j.audio.decode.mp3.Mp3Decoder;
import wavenet4j.audio.decode.ogg.OggFile;
import wavenet4j.audio.decode.pcm.PcmDecoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/// Reads audio files: WAV of every common kind with RF64 and Wave64, AIFF, AIFC, CAF and AU, FLAC,
/// MP3, AAC (M4A too), and Ogg of Vorbis, Opus or FLAC. The format is detected from the first bytes
/// of the file, not from its name.
public final class AudioReader {
    /// A limit for crafted files that consist of tags only.
    private static final int MOST_TAGS = 100;

    /// The boxes that MP4 and QuickTime files begin with.
    private static final Set<String> MP4_BOXES =
            Set.of("ftyp", "moov", "mdat", "wide", "free", "skip");

    private AudioReader() {}

    /// Decodes a recording to mono at the sample rate of the file.
    ///
    /// @throws AudioException when the file is missing, is no audio or is damaged beyond use
    public static Clip read(Path file) throws AudioException {
        return decode(file).clip();
    }

    /// Decodes a recording to mono and resamples it.
    ///
    /// @param sampleRate in Hz
    /// @throws AudioException when the file is missing, is no audio or is damaged beyond use
    public static Clip read(Path file, int sampleRate) throws AudioException {
        return decode(file).clip().resampled(sampleRate);
    }

    /// Decodes a recording to mono at the sample rate of the file. A truncated file gives the
    /// samples that are present and a warning.
    ///
    /// @throws AudioException when the file is missing, is no audio or is damaged beyond use
    public static DecodedAudio decode(Path file) throws AudioException {
        try (FileBytes bytes = open(file)) {
            return decoder(bytes).decode();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /// The sample rate and the length of a recording; reads the header only.
    ///
    /// @throws AudioException when the file is missing or is no audio
    public static AudioHeader header(Path file) throws AudioException {
        try (FileBytes bytes = open(file)) {
            AudioDecoder decoder = decoder(bytes);
            return new AudioHeader(
                    decoder.sampleRate(), (double) decoder.frames() / decoder.sampleRate());
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /// Opens a file after checking that there is one: opening a pipe would wait for its writer.
    private static FileBytes open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new AudioException(file, "is a folder, not a recording; name a file in it");
        }
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw new AudioException(
                    file,
                    "is a link to %s, which is not there; mend the link"
                            .formatted(Files.readSymbolicLink(file)));
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new AudioException(
                    file, "is a pipe or a device; save the recording in a file first");
        }
        return new FileBytes(file);
    }

    private static AudioDecoder decoder(FileBytes file) throws IOException {
        if (file.size() == 0) {
            throw file.problem("is empty (0 bytes); copy or record it again");
        }
        String problem = FileKind.bySignature(file);
        if (!problem.isEmpty()) throw file.problem(problem);
        long start = afterId3(file);
        return switch (file.ascii(start, 4)) {
            case "RIFF", "RIFX", "RF64", "BW64" -> PcmDecoder.wav(file);
            case "riff" -> PcmDecoder.wave64(file);
            case "FORM" -> PcmDecoder.aiff(file);
            case "caff" -> PcmDecoder.caf(file);
            case ".snd" -> PcmDecoder.au(file);
            case "fLaC" -> FlacDecoder.of(file, start);
            case "OggS" -> OggFile.open(file);
            default -> isMp4(file) ? AacDecoder.mp4(file) : streamOfFrames(file, start);
        };
    }

    private static boolean isMp4(FileBytes file) throws IOException {
        return MP4_BOXES.contains(file.ascii(4, 4));
    }

    /// MPEG audio has no file signature.
    private static AudioDecoder streamOfFrames(FileBytes file, long start) throws IOException {
        AudioDecoder aac = AacDecoder.find(file, start);
        if (aac != null) return aac;
        AudioDecoder mp3 = Mp3Decoder.find(file, start);
        if (mp3 != null) return mp3;
        throw file.problem(FileKind.byContent(file));
    }

    /// The offset after the ID3v2 tags that MP3 files, and a few FLAC files, begin with: a header
    /// of ten bytes with a length of four times seven bits each.
    private static long afterId3(FileBytes file) throws IOException {
        long start = 0;
        for (int tags = 0; tags < MOST_TAGS; tags++) {
            ByteBuffer head = file.read(start, 10, ByteOrder.BIG_ENDIAN);
            if (head.limit() < 10 || !FileBytes.ascii(head, 0, 3).equals("ID3")) break;
            long length = 0;
            for (int i = 6; i < 10; i++) length = (length << 7) | (head.get(i) & 0x7f);
            start += 10 + length;
        }
        return start;
    }

    /// Third-party decoders may throw anything on damaged files.
    private static AudioException unreadable(Path file, Exception e) {
        return switch (e) {
            case AudioException named -> named;
            case NoSuchFileException _ ->
                    new AudioException(file, "there is no such file; check the name", e);
            case AccessDeniedException _ ->
                    new AudioException(file, "may not be read; check its permissions", e);
            default ->
                    new AudioException(
                            file,
                            "cannot be decoded ("
                                    + e
                                    + "); convert it to 16-bit WAV or leave it out",
                            e);
        };
    }
}
