package wavenet4j.audio.out;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.Clip;
import wavenet4j.audio.Provenance;
import wavenet4j.audio.internal.AtomicWrite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes mono 16-bit PCM WAV while it is generated. A file is playable at any time: its header is
/// updated after each second of audio, after the samples are written, so a killed program leaves a
/// valid file; so does a disk that becomes full. A stream, whose header cannot be rewritten,
/// declares the length 0xffffffff, which players read as unknown.
public final class WavWriter implements AutoCloseable {
    /// Without the chunk of what made the sound.
    private static final int PLAIN_HEADER_BYTES = 44;

    /// The RIFF size has 32 bits and counts the header too.
    private static final long MOST_DATA_BYTES = 0xffff_ffffL - (1 << 14);

    private static final int UNKNOWN = 0xffff_ffff;

    private final WritableByteChannel out;
    private final @Nullable FileChannel file;
    private final int sampleRate;
    private final byte[] info;
    private final ByteBuffer block;
    private long samplesWritten;
    private boolean failed;
    private long clipped;

    private WavWriter(
            WritableByteChannel out,
            @Nullable FileChannel file,
            int sampleRate,
            Provenance provenance)
            throws IOException {
        if (sampleRate < 1 || sampleRate > 768_000) {
            throw new IllegalArgumentException(
                    "a sample rate of " + sampleRate + " Hz is outside 1 to 768000");
        }
        this.out = out;
        this.file = file;
        this.sampleRate = sampleRate;
        info = InfoChunk.of(provenance);
        block = ByteBuffer.allocate(2 * sampleRate).order(ByteOrder.LITTLE_ENDIAN);
        writeAll(header(file == null ? UNKNOWN : 0));
    }

    /// Writes to a file, replacing an existing one; to a pipe or a device as to a stream.
    ///
    /// @throws IOException when the file cannot be written
    public static WavWriter to(Path file, int sampleRate) throws IOException {
        return to(file, sampleRate, Provenance.NONE);
    }

    /// Likewise, with what makes the sound in the file.
    ///
    /// @throws IOException when the file cannot be written
    public static WavWriter to(Path file, int sampleRate, Provenance provenance)
            throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return to(Files.newOutputStream(file), sampleRate, provenance);
        }
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
        try {
            return new WavWriter(channel, channel, sampleRate, provenance);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Writes a clip to a file atomically.
    ///
    /// @throws IOException when the file cannot be written
    public static void save(Clip clip, Path file) throws IOException {
        save(clip, file, Provenance.NONE);
    }

    /// Likewise, with what made the sound in the file.
    ///
    /// @throws IOException when the file cannot be written
    public static void save(Clip clip, Path file, Provenance provenance) throws IOException {
        AtomicWrite.write(
                file,
                part -> {
                    try (var writer = to(part, clip.sampleRate(), provenance)) {
                        writer.write(clip.samples(), 0, clip.samples().length);
                    }
                });
    }

    /// Writes to a stream, flushing on each call. Closing the writer closes the stream.
    ///
    /// @throws IOException when the header cannot be written
    public static WavWriter to(OutputStream stream, int sampleRate) throws IOException {
        return to(stream, sampleRate, Provenance.NONE);
    }

    /// Likewise, with what makes the sound in the stream.
    ///
    /// @throws IOException when the header cannot be written
    public static WavWriter to(OutputStream stream, int sampleRate, Provenance provenance)
            throws IOException {
        return new WavWriter(Channels.newChannel(stream), null, sampleRate, provenance);
    }

    /// Appends `samples[from, to)`, amplitudes in [-1, 1]. Values outside are clipped, NaN becomes
    /// 0; both count as clipped.
    ///
    /// @throws IOException when the samples cannot be written, or exceed the 4 GiB of a WAV file
    public void write(float[] samples, int from, int to) throws IOException {
        if (file != null && 2 * (samplesWritten + to - from) > MOST_DATA_BYTES) {
            throw new IOException(
                    "a WAV file holds at most 4 GiB, %d seconds at %d Hz; start another"
                            .formatted(MOST_DATA_BYTES / 2 / sampleRate, sampleRate));
        }
        for (int i = from; i < to; i++) {
            float sample = samples[i];
            if (!(Math.abs(sample) <= 1)) clipped++; // also true for NaN
            block.putShort(Pcm16.of(sample));
            samplesWritten++;
            if (!block.hasRemaining()) flush();
        }
        if (file == null) flush();
    }

    /// Samples written so far.
    public long samplesWritten() {
        return samplesWritten;
    }

    /// Samples clipped so far.
    public long clipped() {
        return clipped;
    }

    /// Writes buffered samples, then updates the header of a file.
    ///
    /// @throws IOException when writing fails; nothing more can be written then
    public void flush() throws IOException {
        try {
            writeAll(block.flip());
            block.clear();
            if (file != null) updateHeader(file);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    private void updateHeader(FileChannel to) throws IOException {
        ByteBuffer header = header((int) (2 * samplesWritten));
        for (int at = 0; header.hasRemaining(); ) at += to.write(header, at);
    }

    /// Completes the file. Where writing fails, now or before, it then has the samples that were
    /// written until then, and [#samplesWritten()] is their number.
    @Override
    public void close() throws IOException {
        if (!out.isOpen()) return;
        try (out) {
            try {
                if (!failed) flush();
            } finally {
                if (failed && file != null) cutToWritten(file);
            }
        }
    }

    private void cutToWritten(FileChannel file) throws IOException {
        int start = PLAIN_HEADER_BYTES + info.length;
        samplesWritten = Math.max(0, (file.size() - start) / 2);
        file.truncate(start + 2 * samplesWritten);
        updateHeader(file); // in place, which needs no room
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) out.write(bytes);
    }

    private ByteBuffer header(int dataBytes) {
        int bytes = PLAIN_HEADER_BYTES + info.length;
        return ByteBuffer.allocate(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(dataBytes == UNKNOWN ? UNKNOWN : bytes - 8 + dataBytes)
                .put(ascii("WAVEfmt "))
                .putInt(16) // bytes of the fmt chunk
                .putShort((short) 1) // PCM
                .putShort((short) 1) // channels
                .putInt(sampleRate)
                .putInt(2 * sampleRate) // bytes a second
                .putShort((short) 2) // bytes a frame
                .putShort((short) 16) // bits a sample
                .put(info)
                .put(ascii("data"))
                .putInt(dataBytes)
                .flip();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
