package wavenet4j.audio.decode.ogg;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.StreamState;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.decode.flac.FlacDecoder;
import wavenet4j.audio.decode.internal.AudioDecoder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;

/// FLAC in Ogg (RFC 9639, section 10.1): the first packet holds the stream information, each packet
/// after the headers is a frame.
final class OggFlac implements AudioDecoder {
    static final String MAGIC = "\177FLAC";

    /// Before the stream information: magic, version, number of headers, "fLaC", head of the block.
    private static final int HEAD_BYTES = 17;

    private final OggPages pages;
    private final Frames frames;
    private final FlacDecoder decoder;

    /// @param pages at the page of the first header
    OggFlac(OggPages pages) throws IOException {
        this.pages = pages;
        frames = new Frames(pages);
        byte[] first = frames.packet();
        if (first == null || first.length < HEAD_BYTES + FlacDecoder.STREAMINFO_BYTES) {
            throw pages.file().problem("has no FLAC stream information; encode it again");
        }
        ByteBuffer info = ByteBuffer.wrap(first, HEAD_BYTES, FlacDecoder.STREAMINFO_BYTES);
        decoder = new FlacDecoder(pages.file(), info.slice(), new SequenceInputStream(frames));
    }

    @Override
    public int sampleRate() {
        return decoder.sampleRate();
    }

    @Override
    public long frames() throws IOException {
        return pages.lastGranule();
    }

    @Override
    public DecodedAudio decode() throws IOException {
        DecodedAudio decoded = decoder.decode();
        if (frames.ended || !decoded.warnings().isEmpty()) return decoded;
        List<String> warnings = List.of("is truncated: its last page is missing");
        return new DecodedAudio(decoded.clip(), decoded.channels(), warnings);
    }

    /// The frames of one logical stream.
    @SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
    private static final class Frames implements Enumeration<InputStream> {
        private final OggPages pages;
        private final int serial;
        private final StreamState stream = new StreamState();
        private final Packet packet = new Packet();
        private byte @Nullable [] next;
        private boolean atEnd;
        private boolean ended;

        Frames(OggPages pages) {
            this.pages = pages;
            serial = pages.page().serialno();
            stream.init(serial);
            stream.pagein(pages.page());
        }

        /// The next packet; null at the end.
        byte @Nullable [] packet() throws IOException {
            while (!atEnd) {
                int found = stream.packetout(packet);
                if (found > 0) {
                    return Arrays.copyOfRange(
                            packet.packet_base, packet.packet, packet.packet + packet.bytes);
                }
                if (found < 0) continue; // a gap
                atEnd = ended || !pages.next();
                if (!atEnd && pages.page().serialno() == serial) {
                    stream.pagein(pages.page());
                    ended = pages.endsStream();
                }
            }
            return null;
        }

        @Override
        public boolean hasMoreElements() {
            try {
                // A frame begins with its sync code, other packets are metadata.
                while (next == null && (next = packet()) != null) {
                    if (next.length == 0 || next[0] != (byte) 0xff) next = null;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return next != null;
        }

        @Override
        public InputStream nextElement() {
            if (!hasMoreElements() || next == null) throw new NoSuchElementException();
            InputStream frame = new ByteArrayInputStream(next);
            next = null;
            return frame;
        }
    }
}
