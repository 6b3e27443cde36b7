package wavenet4j.audio.decode.pcm;

import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.FileBytes;
import wavenet4j.audio.decode.internal.MonoBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A file of uncompressed audio, of any container.
public final class PcmDecoder implements AudioDecoder {
    private static final int BLOCK_BYTES = 1 << 16;

    private final FileBytes file;
    private final PcmAudio audio;

    private PcmDecoder(FileBytes file, PcmAudio audio) {
        this.file = file;
        this.audio = audio;
    }

    /// Reads the header of WAV: RIFF, RIFX, RF64 and BW64.
    ///
    /// @throws IOException when it cannot be read, or is none
    public static PcmDecoder wav(FileBytes file) throws IOException {
        return new PcmDecoder(file, WavFile.read(file));
    }

    /// Reads the header of Sony Wave64.
    ///
    /// @throws IOException when it cannot be read, or is none
    public static PcmDecoder wave64(FileBytes file) throws IOException {
        return new PcmDecoder(file, WavFile.readWave64(file));
    }

    /// Reads the header of AIFF or AIFC.
    ///
    /// @throws IOException when it cannot be read, or is none
    public static PcmDecoder aiff(FileBytes file) throws IOException {
        return new PcmDecoder(file, AiffFile.read(file));
    }

    /// Reads the header of CAF.
    ///
    /// @throws IOException when it cannot be read, or is none
    public static PcmDecoder caf(FileBytes file) throws IOException {
        return new PcmDecoder(file, CafFile.read(file));
    }

    /// Reads the header of AU.
    ///
    /// @throws IOException when it cannot be read, or is none
    public static PcmDecoder au(FileBytes file) throws IOException {
        return new PcmDecoder(file, AuFile.read(file));
    }

    @Override
    public int sampleRate() {
        return audio.sampleRate();
    }

    @Override
    public long frames() {
        return audio.frames();
    }

    @Override
    public DecodedAudio decode() throws IOException {
        PcmFrame frame = audio.frame();
        long frames = audio.frames();
        if (frames > Integer.MAX_VALUE - 8) {
            throw file.problem("has %d frames, too many for one clip; split it".formatted(frames));
        }
        MonoBuffer samples = new MonoBuffer((int) frames);
        int blockFrames = (int) Math.min(frames, Math.max(1, BLOCK_BYTES / frame.bytes()));
        ByteBuffer block = ByteBuffer.allocate(blockFrames * frame.bytes()).order(frame.order());
        while (samples.size() < frames) {
            int count = (int) Math.min(blockFrames, frames - samples.size());
            long at = audio.start() + (long) samples.size() * frame.bytes();
            fill(block.clear().limit(count * frame.bytes()), at);
            for (int i = 0; i < count; i++) samples.add(frame.next(block));
        }
        return samples.toDecoded(sampleRate(), frame.channels(), audio.warnings());
    }

    private void fill(ByteBuffer block, long at) throws IOException {
        file.fill(block, at);
        if (block.hasRemaining()) {
            throw file.problem("became shorter while it was read; try again");
        }
        block.flip();
    }
}
