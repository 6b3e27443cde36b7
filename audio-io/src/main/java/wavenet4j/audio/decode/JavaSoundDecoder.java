package wavenet4j.audio.decode;

import wavenet4j.audio.AudioException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// A file in a format of the installed `javax.sound.sampled` providers: AIFF and AU with the JDK
/// alone.
final class JavaSoundDecoder implements AudioDecoder {
    private static final int BLOCK_BYTES = 1 << 16;

    private final AudioInputStream stream;
    private final PcmFrame frame;
    private final int sampleRate;

    JavaSoundDecoder(Path file) throws IOException {
        stream = pcm(file, open(file));
        AudioFormat format = stream.getFormat();
        sampleRate = AudioDecoder.checkedRate(file, Math.round(format.getSampleRate()));
        PcmFrame.Coding coding =
                format.getEncoding().equals(AudioFormat.Encoding.PCM_FLOAT)
                        ? PcmFrame.Coding.FLOAT
                        : format.getEncoding().equals(AudioFormat.Encoding.PCM_UNSIGNED)
                                ? PcmFrame.Coding.UNSIGNED
                                : PcmFrame.Coding.SIGNED;
        int channels = format.getChannels();
        int valueBytes = channels < 1 ? 0 : format.getFrameSize() / channels;
        boolean fits =
                coding == PcmFrame.Coding.FLOAT
                        ? valueBytes == 4 || valueBytes == 8
                        : valueBytes >= 1 && valueBytes <= 8;
        if (!fits) {
            stream.close();
            throw new AudioException(
                    file, "declares the odd format " + format + "; convert it to 16-bit WAV");
        }
        frame = new PcmFrame(coding, channels, valueBytes);
    }

    private static AudioInputStream open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        try {
            return AudioSystem.getAudioInputStream(bytes);
        } catch (UnsupportedAudioFileException e) {
            bytes.close();
            throw new AudioException(
                    file,
                    "is not audio that can be read (WAV, FLAC, MP3, Ogg Vorbis, AIFF, AU); convert"
                            + " it to 16-bit WAV or FLAC",
                    e);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static AudioInputStream pcm(Path file, AudioInputStream stream) throws IOException {
        AudioFormat.Encoding encoding = stream.getFormat().getEncoding();
        if (encoding.equals(AudioFormat.Encoding.PCM_SIGNED)
                || encoding.equals(AudioFormat.Encoding.PCM_UNSIGNED)
                || encoding.equals(AudioFormat.Encoding.PCM_FLOAT)) {
            return stream;
        }
        try {
            return AudioSystem.getAudioInputStream(AudioFormat.Encoding.PCM_SIGNED, stream);
        } catch (IllegalArgumentException e) {
            stream.close();
            throw new AudioException(
                    file,
                    "is coded as " + encoding + ", which cannot be decoded; convert it to FLAC",
                    e);
        }
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public DecodedAudio decode() throws IOException {
        AudioFormat format = stream.getFormat();
        MonoBuffer samples = new MonoBuffer(0);
        int blockBytes = Math.max(1, BLOCK_BYTES / frame.bytes()) * frame.bytes();
        ByteBuffer block = ByteBuffer.allocate(blockBytes);
        block.order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (boolean more = true; more; ) {
            int count = stream.readNBytes(block.array(), 0, blockBytes);
            more = count == blockBytes;
            block.clear().limit(count - count % frame.bytes());
            while (block.hasRemaining()) samples.add(frame.next(block));
        }
        List<String> warnings = new ArrayList<>();
        long declared = stream.getFrameLength();
        if (samples.size() < declared) {
            warnings.add(
                    "is truncated: it declares %d samples and %d are there"
                            .formatted(declared, samples.size()));
        }
        return samples.toDecoded(sampleRate, frame.channels(), warnings);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
