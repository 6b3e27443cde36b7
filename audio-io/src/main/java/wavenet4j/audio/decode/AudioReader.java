package wavenet4j.audio.decode;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.Clip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads audio files: WAV of every common kind, FLAC, MP3, Ogg Vorbis, and the formats of the
/// installed `javax.sound.sampled` providers (AIFF and AU come with the JDK). The format is
/// detected from the first bytes of the file, not from its name.
public final class AudioReader {
    /// A limit for crafted files that consist of tags only.
    private static final int MOST_TAGS = 100;

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
        try (AudioDecoder recording = open(file)) {
            return recording.decode();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /// The sample rate of a recording in Hz; reads the header only.
    ///
    /// @throws AudioException when the file is missing or is no audio
    public static int sampleRate(Path file) throws AudioException {
        try (AudioDecoder recording = open(file)) {
            return recording.sampleRate();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static AudioDecoder open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new AudioException(file, "is a folder, not a recording; name a file in it");
        }
        FileChannel channel = FileChannel.open(file);
        try {
            return open(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static AudioDecoder open(Path file, FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            throw new AudioException(file, "is empty (0 bytes); copy or record it again");
        }
        long start = afterId3(channel);
        String magic = magic(channel, start);
        switch (magic) {
            case "RIFF", "RIFX", "RF64", "BW64" -> {
                return new WavDecoder(file, channel);
            }
            case "fLaC" -> {
                return new FlacDecoder(file, channel, start);
            }
            case "OggS" -> {
                return new VorbisDecoder(file, channel);
            }
            case "FORM", ".snd" -> {} // AIFF and AU
            default -> {
                AudioDecoder mp3 = Mp3Decoder.find(file, channel, start);
                if (mp3 != null) return mp3;
            }
        }
        channel.close();
        return new JavaSoundDecoder(file);
    }

    /// The offset after the ID3v2 tags that MP3 files, and a few FLAC files, begin with: a header
    /// of ten bytes with a length of four times seven bits each.
    private static long afterId3(FileChannel channel) throws IOException {
        long start = 0;
        ByteBuffer head = ByteBuffer.allocate(10);
        for (int tags = 0; tags < MOST_TAGS; tags++) {
            boolean tag = channel.read(head.clear(), start) == 10;
            if (!tag || !magic(channel, start).startsWith("ID3")) break;
            long length = 0;
            for (int i = 6; i < 10; i++) length = (length << 7) | (head.get(i) & 0x7f);
            start += 10 + length;
        }
        return start;
    }

    private static String magic(FileChannel channel, long at) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(4);
        channel.read(first, at);
        return new String(first.array(), 0, first.position(), StandardCharsets.ISO_8859_1);
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
