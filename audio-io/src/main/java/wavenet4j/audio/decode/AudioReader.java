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

/// Reads recordings: WAV of every common kind, FLAC, MP3, Ogg Vorbis, and whatever else the
/// platform's sound service providers read (AIFF and AU come with the JDK). The kind is told by the
/// file's first bytes, never by its name.
public final class AudioReader {
    /// A crafted file may hold nothing but tags.
    private static final int MOST_TAGS = 100;

    private AudioReader() {}

    /// The recording mixed to mono, at its own rate.
    ///
    /// @throws AudioException when the file is missing, is no audio or is damaged beyond use
    public static Clip read(Path file) throws AudioException {
        return decode(file).clip();
    }

    /// The recording mixed to mono and resampled.
    ///
    /// @param sampleRate the wanted rate in Hz
    /// @throws AudioException when the file is missing, is no audio or is damaged beyond use
    public static Clip read(Path file, int sampleRate) throws AudioException {
        return decode(file).clip().resampled(sampleRate);
    }

    /// The recording mixed to mono, at its own rate, with what was wrong with it: a truncated file
    /// gives the samples that are there and a warning.
    ///
    /// @throws AudioException when the file is missing, is no audio or is damaged beyond use
    public static DecodedAudio decode(Path file) throws AudioException {
        try (AudioDecoder recording = open(file)) {
            return recording.decode();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /// The rate a recording was made at, in Hz, from its header alone.
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

    /// Where a file's own format starts: MP3 files, and a few FLAC files, begin with ID3v2 tags,
    /// ten bytes and a length of four times seven bits each.
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

    /// Decoders trust nothing, but those of other houses may still trip over damaged bytes.
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
