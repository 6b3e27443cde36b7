package wavenet4j.audio.decode.mp3;

import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.Obuffer;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.FileBytes;
import wavenet4j.audio.decode.internal.MonoBuffer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An MP3 file (or MPEG layer 1 or 2), decoded by JLayer. Encoder delay and padding are cut if the
/// LAME extension of the Xing header states them, so that samples keep their positions.
public final class Mp3Decoder implements AudioDecoder {
    private static final int SEARCHED_BYTES = 1 << 16;

    /// The delay of every decoder, in samples.
    private static final int DECODER_DELAY = 529;

    private final FileBytes file;
    private final Mp3Frame first;
    private final long audioStart;

    /// From the Xing header; 0 where unknown.
    private long declaredFrames;

    private int delay;
    private int padding;

    /// Finds three consecutive frames (or all frames of a shorter file) in the 64 kB from `start`,
    /// as MPEG audio has no file signature; null if there are none.
    ///
    /// @throws IOException when the file cannot be read, or has a free bit rate
    public static @Nullable Mp3Decoder find(FileBytes file, long start) throws IOException {
        ByteBuffer bytes = file.read(start, SEARCHED_BYTES, ByteOrder.BIG_ENDIAN);
        boolean whole = start + bytes.limit() == file.size();
        for (int at = 0; at < bytes.limit(); at++) {
            Mp3Frame frame = Mp3Frame.at(bytes, at);
            if (frame != null && consecutive(bytes, at, frame, whole)) {
                AudioDecoder.checkedRate(file.path(), frame.sampleRate());
                return new Mp3Decoder(file, bytes, start, at, frame);
            }
        }
        if (Mp3Frame.isFree(bytes, 0)) {
            throw file.problem(
                    "is MP3 of a free bit rate, which is not supported; convert it to WAV or FLAC");
        }
        return null;
    }

    private static boolean consecutive(ByteBuffer bytes, int at, Mp3Frame first, boolean whole) {
        Mp3Frame frame = first;
        for (int i = 1; i < 3; i++) {
            at += frame.bytes();
            if (whole && at == bytes.limit()) return true;
            Mp3Frame next = Mp3Frame.at(bytes, at);
            if (next == null || !next.matches(first)) return false;
            frame = next;
        }
        return true;
    }

    private Mp3Decoder(FileBytes file, ByteBuffer bytes, long start, int at, Mp3Frame frame) {
        this.file = file;
        first = frame;
        // The frame of a Xing, Info or VBRI header contains no audio.
        audioStart = start + at + (readInfoFrame(bytes, at) ? frame.bytes() : 0);
    }

    private boolean readInfoFrame(ByteBuffer bytes, int frame) {
        if (first.layer() != 3) return false;
        if (FileBytes.ascii(bytes, frame + 4 + 32, 4).equals("VBRI")) return true;
        int at = frame + 4 + first.sideBytes();
        String tag = FileBytes.ascii(bytes, at, 4);
        if (!(tag.equals("Xing") || tag.equals("Info")) || at + 8 > bytes.limit()) return false;
        int flags = bytes.getInt(at + 4);
        at += 8;
        if ((flags & 1) != 0 && at + 4 <= bytes.limit()) {
            declaredFrames = bytes.getInt(at) & 0xffff_ffffL;
            at += 4;
        }
        if ((flags & 2) != 0) at += 4; // bytes
        if ((flags & 4) != 0) at += 100; // seek table
        if ((flags & 8) != 0) at += 4; // quality
        String encoder = FileBytes.ascii(bytes, at, 4);
        if ((encoder.equals("LAME") || encoder.equals("Lavc") || encoder.equals("Lavf"))
                && at + 24 <= bytes.limit()) {
            int both = bytes.getInt(at + 20) & 0xff_ffff; // 12 bits of each, at 21
            delay = both >>> 12;
            padding = both & 0xfff;
        }
        return true;
    }

    @Override
    public int sampleRate() {
        return first.sampleRate();
    }

    @Override
    public long frames() {
        long inFile = (file.size() - audioStart) / first.bytes(); // of a constant bit rate
        return first.samples() * (declaredFrames > 0 ? declaredFrames : inFile);
    }

    @Override
    public DecodedAudio decode() throws IOException {
        List<String> warnings = new ArrayList<>();
        Bitstream stream = new Bitstream(framesOnly(warnings));
        Decoder decoder = new Decoder();
        Mix mix = new Mix(first.mono() ? 1 : 2);
        decoder.setOutputBuffer(mix);
        long frames = 0;
        int damaged = 0;
        while (true) {
            mix.clear_buffer();
            try {
                Header header = stream.readFrame();
                if (header == null) break;
                frames++;
                decoder.decodeFrame(header, stream);
            } catch (BitstreamException | DecoderException | ArrayIndexOutOfBoundsException _) {
                damaged++;
            }
            stream.closeFrame();
            mix.flush();
        }
        if (damaged > 0) warnings.add("has %d damaged MP3 frames".formatted(damaged));
        if (frames < declaredFrames) {
            warnings.add(
                    "is truncated or damaged: it declares %d MP3 frames and %d could be read"
                            .formatted(declaredFrames, frames));
        }
        cutDelay(mix.samples, frames == declaredFrames);
        return mix.samples.toDecoded(sampleRate(), first.mono() ? 1 : 2, warnings);
    }

    /// The frames without the tags between and after them: JLayer drops a frame for each tag.
    private InputStream framesOnly(List<String> warnings) throws IOException {
        long size = file.size() - audioStart;
        if (size > Integer.MAX_VALUE - 8) {
            throw file.problem("is longer than 2 GB, too long for one clip; split it");
        }
        byte[] array = new byte[(int) size];
        ByteBuffer bytes = ByteBuffer.wrap(array);
        file.fill(bytes, audioStart);
        bytes.flip();
        int kept = 0;
        int gaps = 0;
        boolean inSync = true;
        for (int at = 0; at < bytes.limit(); ) {
            Mp3Frame frame = Mp3Frame.at(bytes, at);
            boolean fits = frame != null && frame.matches(first);
            // After a gap a header may be a coincidence: the next frame must confirm it.
            if (frame != null && fits && (inSync || consecutive(bytes, at, frame, true))) {
                if (at + frame.bytes() > bytes.limit()) {
                    warnings.add("is truncated: its last MP3 frame is cut short");
                    break;
                }
                if (!inSync) gaps++;
                inSync = true;
                bytes.put(kept, bytes, at, frame.bytes());
                kept += frame.bytes();
                at += frame.bytes();
            } else {
                inSync = false;
                at++;
            }
        }
        if (gaps > 0) warnings.add("has %d gaps between its MP3 frames".formatted(gaps));
        return new ByteArrayInputStream(array, 0, kept);
    }

    private void cutDelay(MonoBuffer samples, boolean whole) {
        if (delay == 0) return;
        if (whole)
            samples.cut(
                    Math.max(0, samples.size() - Math.max(0, padding - DECODER_DELAY)),
                    samples.size());
        samples.cut(0, Math.min(delay + DECODER_DELAY, samples.size()));
    }

    /// Mixes the decoder output to mono before it is rounded to 16 bits.
    private static final class Mix extends Obuffer {
        /// JLayer's full scale.
        private static final float SCALE = 32700;

        private static final int MOST_SAMPLES = 1152;

        private final MonoBuffer samples = new MonoBuffer(0);
        private final float[][] frame;
        private final int[] filled;

        Mix(int channels) {
            frame = new float[channels][MOST_SAMPLES];
            filled = new int[channels];
        }

        @Override
        public void appendSamples(int channel, float[] values) {
            System.arraycopy(values, 0, frame[channel], filled[channel], values.length);
            filled[channel] += values.length;
        }

        @Override
        public void append(int channel, short value) {
            frame[channel][filled[channel]++] = value;
        }

        void flush() {
            for (int i = 0; i < filled[0]; i++) {
                float sum = 0;
                for (float[] channel : frame) sum += channel[i];
                samples.add(Math.clamp(sum / frame.length / SCALE, -1f, 1f));
            }
        }

        @Override
        public void clear_buffer() {
            Arrays.fill(filled, 0);
        }

        @Override
        public void write_buffer(int ignored) {}

        @Override
        public void close() {}

        @Override
        public void set_stop_flag() {}
    }
}
