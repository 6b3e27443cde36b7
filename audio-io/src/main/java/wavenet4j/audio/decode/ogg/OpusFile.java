package wavenet4j.audio.decode.ogg;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.StreamState;

import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMSDecoder;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.MonoBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Opus in Ogg (RFC 7845), decoded by Concentus, always at 48 kHz. The header states the samples to
/// drop at the start; the granule position of a page, which counts them too, tells the length.
final class OpusFile implements AudioDecoder {
    static final String MAGIC = "OpusHead";

    private static final int RATE = 48_000;

    /// The longest packet has 120 ms.
    private static final int MOST_SAMPLES = 5760;

    private final OggPages pages;
    private final List<String> warnings = new ArrayList<>();
    private final MonoBuffer samples = new MonoBuffer(0);
    private Link link;

    /// @param pages at the page of the first header
    OpusFile(OggPages pages) throws IOException {
        this.pages = pages;
        link = new Link();
    }

    @Override
    public int sampleRate() {
        return RATE;
    }

    @Override
    public long frames() throws IOException {
        return pages.lastGranule();
    }

    @Override
    public DecodedAudio decode() throws IOException {
        int channels = link.channels;
        while (pages.next()) {
            if (link.ended && pages.startsStream() && pages.magic().startsWith(MAGIC)) {
                link.finish();
                link = new Link();
            } else if (pages.page().serialno() == link.serial) {
                link.read();
            }
        }
        link.finish();
        if (!link.ended) warnings.add("is truncated: its last page is missing");
        return samples.toDecoded(RATE, channels, warnings);
    }

    /// One logical stream; a file may be a chain of several.
    private final class Link {
        private final int serial = pages.page().serialno();
        private final StreamState stream = new StreamState();
        private final Packet packet = new Packet();
        private final int start = samples.size();
        private final int channels;
        private final int skipped;
        private final double gain;
        private final OpusMSDecoder decoder;
        private final short[] pcm;

        private int headers = 1;
        private int decoded;
        private int damaged;
        private long firstGranule = -1;
        private int decodedAtFirst;
        private long lastGranule = -1;
        private boolean ended;

        /// Reads the header in the current page.
        Link() throws IOException {
            stream.init(serial);
            stream.pagein(pages.page());
            if (stream.packetout(packet) <= 0 || packet.bytes < 19) throw damagedHeader();
            ByteBuffer head =
                    ByteBuffer.wrap(packet.packet_base, packet.packet, packet.bytes)
                            .slice()
                            .order(ByteOrder.LITTLE_ENDIAN);
            channels = head.get(9) & 0xff;
            skipped = head.getShort(10) & 0xffff;
            gain = Math.pow(10, head.getShort(16) / 256.0 / 20);
            pcm = new short[MOST_SAMPLES * channels];
            decoder = decoder(head);
        }

        /// The mapping of channels: family 0 is mono or stereo, others list where each comes from.
        private OpusMSDecoder decoder(ByteBuffer head) throws IOException {
            boolean listed = head.get(18) != 0;
            boolean fits = listed ? head.limit() >= 21 + channels : channels <= 2;
            if (channels == 0 || !fits) throw damagedHeader();
            int streams = listed ? head.get(19) & 0xff : 1;
            int coupled = listed ? head.get(20) & 0xff : channels - 1;
            var mapping = new short[channels];
            for (int c = 0; c < channels; c++) {
                mapping[c] = (short) (listed ? head.get(21 + c) & 0xff : c);
            }
            try {
                return OpusMSDecoder.create(RATE, channels, streams, coupled, mapping);
            } catch (OpusException | IllegalArgumentException _) {
                throw damagedHeader();
            }
        }

        private AudioException damagedHeader() {
            return pages.file().problem("has a damaged Opus header; copy or encode it again");
        }

        /// Decodes the packets that end in the current page.
        void read() {
            if (ended) return;
            stream.pagein(pages.page());
            boolean any = false;
            for (int found; (found = stream.packetout(packet)) != 0; ) {
                if (found < 0) continue; // a gap, counted by the granule positions
                if (headers++ < 2) continue; // comments
                decodePacket();
                any = true;
            }
            long granule = pages.page().granulepos();
            if (granule >= 0 && any) {
                if (firstGranule < 0 && !pages.endsStream()) {
                    firstGranule = granule;
                    decodedAtFirst = decoded;
                }
                lastGranule = granule;
            }
            ended = pages.endsStream();
        }

        private void decodePacket() {
            int count;
            try {
                count =
                        decoder.decodeMultistream(
                                packet.packet_base,
                                packet.packet,
                                packet.bytes,
                                pcm,
                                0,
                                MOST_SAMPLES,
                                0);
            } catch (RuntimeException _) {
                count = -1;
            }
            if (count < 0) {
                damaged++;
                return;
            }
            for (int i = 0; i < count; i++) {
                double sum = 0;
                for (int c = 0; c < channels; c++) sum += pcm[i * channels + c];
                if (decoded++ < skipped) continue;
                samples.add((float) Math.clamp(gain * sum / channels * 0x1p-15, -1, 1));
            }
        }

        /// Drops the samples after the last granule position and tells of missing ones.
        void finish() {
            if (damaged > 0) warnings.add("has %d damaged Opus packets".formatted(damaged));
            if (lastGranule < 0) return;
            // Above 0 where the file was cut from the middle of a longer stream.
            long before = firstGranule < 0 ? 0 : Math.max(0, firstGranule - decodedAtFirst);
            long length = Math.max(0, lastGranule - before - skipped);
            int there = samples.size() - start;
            if (there < length) {
                warnings.add(
                        "is damaged: %d of %d samples are missing"
                                .formatted(length - there, length));
            } else if (ended) {
                samples.cut(start + (int) length, samples.size());
            }
        }
    }
}
