package wavenet4j.audio.decode;

import wavenet4j.audio.AudioException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// A WAV file.
final class WavDecoder implements AudioDecoder {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final WavHeader header;

    WavDecoder(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        header = WavHeader.read(file, channel);
    }

    @Override
    public int sampleRate() {
        return header.format().sampleRate();
    }

    @Override
    public DecodedAudio decode() throws IOException {
        PcmFrame frame = header.format().frame();
        long frames = header.dataBytes() / frame.bytes();
        if (frames > Integer.MAX_VALUE - 8) {
            throw new AudioException(
                    file, "has %d frames, too many for one clip; split it".formatted(frames));
        }
        MonoBuffer samples = new MonoBuffer((int) frames);
        int blockFrames = (int) Math.min(frames, Math.max(1, BLOCK_BYTES / frame.bytes()));
        ByteBuffer block = ByteBuffer.allocate(blockFrames * frame.bytes());
        block.order(header.format().order());
        while (samples.size() < frames) {
            int count = (int) Math.min(blockFrames, frames - samples.size());
            fill(
                    block.clear().limit(count * frame.bytes()),
                    header.dataStart() + (long) samples.size() * frame.bytes());
            for (int i = 0; i < count; i++) samples.add(frame.next(block));
        }
        return samples.toDecoded(
                sampleRate(),
                frame.channels(),
                header.warning() == null ? List.of() : List.of(header.warning()));
    }

    private void fill(ByteBuffer block, long at) throws IOException {
        while (block.hasRemaining()) {
            if (channel.read(block, at + block.position()) < 0) {
                throw new AudioException(file, "became shorter while it was read; try again");
            }
        }
        block.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
