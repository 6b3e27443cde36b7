package wavenet4j.audio.decode.flac;

import org.jflac.ChannelData;
import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;
import org.jspecify.annotations.Nullable;

import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.FileBytes;
import wavenet4j.audio.decode.internal.MonoBuffer;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// FLAC (RFC 9639), decoded by jFLAC. Its `javax.sound.sampled` provider is not used: it supports
/// only one or two channels of 8, 16 or 24 bits, and hides damage. jFLAC gets the stream
/// information only, since it allocates whatever lengths pictures and comments declare.
public final class FlacDecoder implements AudioDecoder {
    /// Of the first block of metadata, without its head.
    public static final int STREAMINFO_BYTES = 34;

    /// A limit for crafted files of empty blocks; real files have a handful.
    private static final int MOST_BLOCKS = 1000;

    private final int sampleRate;
    private final int channels;
    private final int bits;
    private final long frames;
    private final long guessedFrames; // half of the bits are saved
    private final FLACDecoder decoder;
    private boolean damaged;

    /// Reads the metadata of a FLAC file.
    ///
    /// @param start the offset of "fLaC"
    /// @throws IOException when it cannot be read
    public static FlacDecoder of(FileBytes file, long start) throws IOException {
        ByteBuffer info = file.read(start, 8 + STREAMINFO_BYTES, ByteOrder.BIG_ENDIAN);
        if (info.limit() < 8 + STREAMINFO_BYTES
                || (info.get(4) & 0x7f) != 0
                || blockBytes(info, 4) != STREAMINFO_BYTES) {
            throw file.problem("has no FLAC stream information; encode it again");
        }
        file.channel().position(firstFrame(file, start + 4));
        return new FlacDecoder(
                file,
                info.slice(8, STREAMINFO_BYTES),
                new BufferedInputStream(Channels.newInputStream(file.channel())));
    }

    /// Decodes frames from anywhere.
    ///
    /// @param info the content of the stream information
    /// @throws IOException when that cannot be decoded
    public FlacDecoder(FileBytes file, ByteBuffer info, InputStream frames) throws IOException {
        // 20 bits of rate, 3 of channels less 1, 5 of sample bits less 1, 36 of frames.
        long packed = info.getLong(10);
        sampleRate = AudioDecoder.checkedRate(file.path(), packed >>> 44);
        channels = (int) ((packed >>> 41) & 7) + 1;
        bits = (int) ((packed >>> 36) & 31) + 1;
        this.frames = packed & 0xf_ffff_ffffL;
        guessedFrames = 2 * 8 * file.size() / ((long) channels * bits);
        if (bits < 4 || bits > 24) {
            throw file.problem("holds samples of " + bits + " bits; encode it with 16 or 24");
        }
        ByteBuffer metadata = ByteBuffer.allocate(8 + STREAMINFO_BYTES);
        metadata.put("fLaC".getBytes(StandardCharsets.US_ASCII));
        metadata.putInt(0x8000_0000 | STREAMINFO_BYTES); // the last block, of type 0
        metadata.put(info);
        decoder =
                new FLACDecoder(
                        new SequenceInputStream(
                                new ByteArrayInputStream(metadata.array()), frames));
        decoder.addFrameListener(new DamageListener());
        decoder.readMetadata();
    }

    private static long firstFrame(FileBytes file, long at) throws IOException {
        for (int block = 0; block < MOST_BLOCKS; block++) {
            ByteBuffer head = file.read(at, 4, ByteOrder.BIG_ENDIAN);
            if (head.limit() < 4) break;
            at += 4 + blockBytes(head, 0);
            if (head.get(0) < 0) return at; // the sign bit marks the last block
        }
        throw file.problem("has FLAC metadata without an end; copy it again");
    }

    private static int blockBytes(ByteBuffer head, int at) {
        return head.getInt(at) & 0xff_ffff;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public long frames() {
        return frames > 0 ? frames : guessedFrames;
    }

    @Override
    public DecodedAudio decode() throws IOException {
        MonoBuffer samples = new MonoBuffer(0);
        double scale = 1.0 / (1L << (bits - 1));
        while (frames == 0 || samples.size() < frames) {
            Frame frame = nextFrame();
            if (frame == null) break;
            ChannelData[] data = decoder.getChannelData();
            for (int i = 0; i < frame.header.blockSize; i++) {
                double sum = 0;
                for (int c = 0; c < frame.header.channels; c++) sum += data[c].getOutput()[i];
                samples.add((float) Math.clamp(sum / frame.header.channels * scale, -1, 1));
            }
        }
        List<String> warnings = new ArrayList<>();
        if (frames > 0 && samples.size() > frames) samples.cut((int) frames, samples.size());
        if (samples.size() < frames) {
            warnings.add(
                    "is truncated or damaged: it declares %d samples and %d could be read"
                            .formatted(frames, samples.size()));
        } else if (damaged) {
            warnings.add("has damaged FLAC frames, read as silence");
        }
        return samples.toDecoded(sampleRate, channels, warnings);
    }

    /// The next frame that can be decoded, skipping damaged ones; null at the end.
    private @Nullable Frame nextFrame() {
        while (true) {
            long before = decoder.getTotalBytesRead();
            try {
                return decoder.readNextFrame();
            } catch (IOException | RuntimeException _) {
                damaged = true;
                if (decoder.getTotalBytesRead() == before) return null;
            }
        }
    }

    private final class DamageListener implements FrameListener {
        @Override
        public void processMetadata(Metadata metadata) {}

        @Override
        public void processFrame(Frame frame) {}

        @Override
        public void processError(String message) {
            damaged = true;
        }
    }
}
