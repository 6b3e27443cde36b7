package wavenet4j.audio.decode.aac;

import net.sourceforge.jaad.aac.Decoder;
import net.sourceforge.jaad.aac.syntax.ICStream;
import net.sourceforge.jaad.mp4.MP4Exception;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.FileBytes;
import wavenet4j.audio.decode.internal.MonoBuffer;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/// AAC, low complexity and high efficiency, decoded by JAAD frame by frame. JAAD's own reader of
/// MP4 is not used: it does not end on some damaged files. What an encoder puts before and after
/// the sound is cut where the file tells it, so that samples keep their positions.
public final class AacDecoder implements AudioDecoder {
    /// The parent of the library's, which would write a trace of each damaged frame to the console.
    private static final Logger LIBRARY = Logger.getLogger("jaad");

    /// The state of the library's noise, of which all its decoders share one: without a fixed start
    /// a recording would sound a little different each time that it is read.
    private static final VarHandle NOISE = noise();

    private static final int NOISE_START = 0x1F2E3D4C;
    private static final double FULL_SCALE = 32768;
    private static final int FRAMES_TO_TELL_THE_RATE = 10;

    private final FileBytes file;
    private final AacFrames frames;
    private int sampleRate;
    private int decodedChannels;
    private int frameSamples;

    /// Reads the index of an MP4 file, such as an M4A.
    ///
    /// @throws IOException when it cannot be read, or holds no AAC
    public static AacDecoder mp4(FileBytes file) throws IOException {
        return new AacDecoder(file, Mp4.read(file));
    }

    /// Finds the frames of a stream; null where the file does not begin with some.
    ///
    /// @param start the offset after tags
    /// @throws IOException when it cannot be read
    public static @Nullable AacDecoder find(FileBytes file, long start) throws IOException {
        AacFrames frames = Adts.find(file, start);
        return frames == null ? null : new AacDecoder(file, frames);
    }

    /// Decodes the first frames: in high efficiency the rate is twice that of the header.
    private AacDecoder(FileBytes file, AacFrames frames) throws IOException {
        LIBRARY.setUseParentHandlers(false);
        this.file = file;
        this.frames = frames;
        Decoder decoder = decoder();
        synchronized (NOISE) {
            for (int n = 0; n < frames.sizes().size() && n < FRAMES_TO_TELL_THE_RATE; n++) {
                decode(decoder, n, new MonoBuffer(0));
                if (sampleRate > 0) break;
            }
        }
        if (sampleRate == 0) {
            throw file.problem("has no AAC frame that can be decoded; convert it to WAV or FLAC");
        }
        AudioDecoder.checkedRate(file.path(), sampleRate);
    }

    private static VarHandle noise() {
        try {
            return MethodHandles.privateLookupIn(ICStream.class, MethodHandles.lookup())
                    .findStaticVarHandle(ICStream.class, "randomState", int.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of JAAD", e);
        }
    }

    private Decoder decoder() throws IOException {
        var config = new byte[frames.config().remaining()];
        frames.config().get(0, config);
        try {
            return Decoder.create(config);
        } catch (MP4Exception | RuntimeException _) {
            throw file.problem(
                    "is AAC of a kind that cannot be decoded; convert it to WAV or FLAC");
        }
    }

    /// Decodes a frame.
    ///
    /// @return whether that was possible
    private boolean decode(Decoder decoder, int frame, MonoBuffer samples) throws IOException {
        int size = frames.sizes().get(frame);
        byte[] bytes = file.read(frames.offsets().get(frame), size, ByteOrder.BIG_ENDIAN).array();
        try {
            decoder.decodeFrame(bytes, (values, count, rate) -> mix(values, count, rate, samples));
            return true;
        } catch (RuntimeException _) {
            return false;
        }
    }

    private void mix(List<float[]> values, int count, int rate, MonoBuffer samples) {
        if (sampleRate == 0) sampleRate = rate;
        decodedChannels = values.size();
        frameSamples = count;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (float[] channel : values) sum += channel[i];
            samples.add((float) Math.clamp(sum / values.size() / FULL_SCALE, -1, 1));
        }
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public long frames() {
        return (long) frameSamples * frames.sizes().size();
    }

    @Override
    public DecodedAudio decode() throws IOException {
        Decoder decoder = decoder();
        MonoBuffer samples = new MonoBuffer(0);
        int damaged = 0;
        synchronized (NOISE) {
            NOISE.set(NOISE_START);
            for (int n = 0; n < frames.sizes().size(); n++) {
                if (decode(decoder, n, samples)) continue;
                damaged++;
                for (int i = 0; i < frameSamples; i++) samples.add(0);
            }
        }
        List<String> warnings = new ArrayList<>(frames.warnings());
        if (damaged > 0) {
            warnings.add("has %d damaged AAC frames, read as silence".formatted(damaged));
        }
        cut(samples);
        return samples.toDecoded(sampleRate, channels(), warnings);
    }

    /// As configured, after 5 bits of profile and 4 of rate: the decoder makes two channels of one.
    private int channels() {
        int bits = frames.config().getShort(0);
        boolean rateIsListed = (bits & 0x780) != 0x780;
        int configured = rateIsListed ? (bits >>> 3) & 15 : 0;
        return configured == 0 ? decodedChannels : configured == 7 ? 8 : configured;
    }

    private void cut(MonoBuffer samples) {
        long from = Math.round(frames.start() * sampleRate);
        long to = from + Math.round(Math.min(frames.seconds(), 1e9) * sampleRate);
        if (to < samples.size()) samples.cut((int) to, samples.size());
        samples.cut(0, (int) Math.min(from, samples.size()));
    }
}
