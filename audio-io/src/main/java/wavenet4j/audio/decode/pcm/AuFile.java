package wavenet4j.audio.decode.pcm;

import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.FileBytes;
import wavenet4j.audio.decode.pcm.PcmFrame.Coding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The header of AU (Sun and NeXT): six integers, then the samples.
final class AuFile {
    private static final int HEADER_BYTES = 24;

    private AuFile() {}

    static PcmAudio read(FileBytes file) throws IOException {
        ByteBuffer header = file.read(0, HEADER_BYTES, ByteOrder.BIG_ENDIAN);
        if (header.limit() < HEADER_BYTES) {
            throw file.problem("is an AU file cut short in its header; copy it again");
        }
        long start = header.getInt(4) & 0xffff_ffffL;
        long size = header.getInt(8) & 0xffff_ffffL;
        int encoding = header.getInt(12);
        int rate = AudioDecoder.checkedRate(file.path(), header.getInt(16) & 0xffff_ffffL);
        int channels = header.getInt(20);
        if (channels < 1 || channels > 0xffff) {
            throw file.problem(
                    "declares %d channels; convert it to 16-bit WAV".formatted(channels));
        }
        Coding coding =
                switch (encoding) {
                    case 1 -> Coding.MU_LAW;
                    case 27 -> Coding.A_LAW;
                    case 6, 7 -> Coding.FLOAT;
                    default -> Coding.SIGNED;
                };
        int bytes =
                switch (encoding) {
                    case 1, 2, 27 -> 1;
                    case 3 -> 2;
                    case 4 -> 3;
                    case 5, 6 -> 4;
                    case 7 -> 8;
                    default ->
                            throw file.problem(
                                    "is AU of encoding %d, which is not supported; convert it to 16-bit WAV"
                                            .formatted(encoding));
                };
        Samples samples = Samples.of(file, "header", Math.max(HEADER_BYTES, start), size, false);
        return new PcmAudio(
                new PcmFrame(coding, ByteOrder.BIG_ENDIAN, channels, bytes),
                rate,
                samples.start(),
                samples.bytes(),
                samples.warning() == null ? List.of() : List.of(samples.warning()));
    }
}
