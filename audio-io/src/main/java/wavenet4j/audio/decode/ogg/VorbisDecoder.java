package wavenet4j.audio.decode.ogg;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.Page;
import com.jcraft.jogg.StreamState;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.MonoBuffer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Vorbis in Ogg (the Vorbis I specification), decoded by JOrbis packet by packet. The granule
/// position of a page is the sample count at its end; it gives the samples to drop at both ends and
/// the number of missing ones.
final class VorbisDecoder implements AudioDecoder {
    static final String MAGIC = "\1vorbis";

    private static final int HEADER_PACKETS = 3;

    private final OggPages pages;
    private final Page page;
    private final Packet packet = new Packet();
    private final List<String> warnings = new ArrayList<>();
    private final MonoBuffer samples = new MonoBuffer(0);

    private Link link;

    /// @param pages at the page of the first header
    VorbisDecoder(OggPages pages) throws IOException {
        this.pages = pages;
        page = pages.page();
        link = new Link();
    }

    @Override
    public int sampleRate() {
        return link.info.rate;
    }

    @Override
    public long frames() throws IOException {
        return pages.lastGranule();
    }

    @Override
    public DecodedAudio decode() throws IOException {
        int rate = link.info.rate;
        int channels = link.info.channels;
        while (pages.next()) {
            if (link.ended && pages.startsStream() && pages.magic().startsWith(MAGIC)) {
                link.finish();
                link = new Link();
                if (link.info.rate != rate) {
                    warnings.add(
                            "goes on at %d Hz after %d; only its first part was read"
                                    .formatted(link.info.rate, rate));
                    return samples.toDecoded(rate, channels, warnings);
                }
            } else if (page.serialno() == link.serial) {
                link.read();
            }
        }
        link.finish();
        if (!link.ended) warnings.add("is truncated: its last page is missing");
        return samples.toDecoded(rate, channels, warnings);
    }

    /// One logical stream; a file may be a chain of several.
    private final class Link {
        private final int serial;
        private final StreamState stream = new StreamState();
        private final Info info = new Info();
        private final DspState dsp = new DspState();
        private final Block block;
        private final int start = samples.size();

        private long firstGranule = -1;
        private int decodedAtFirst;
        private long lastGranule = -1;
        private boolean ended;

        /// Reads the three headers; the first is in the current page.
        Link() throws IOException {
            serial = page.serialno();
            stream.init(serial);
            stream.pagein(page);
            info.init();
            Comment comment = new Comment();
            comment.init();
            for (int headers = 0; headers < HEADER_PACKETS; ) {
                int found = stream.packetout(packet);
                if (found == 0) {
                    if (!pages.next()) throw damagedHeaders();
                    if (page.serialno() == serial) stream.pagein(page);
                } else if (found < 0 || info.synthesis_headerin(comment, packet) < 0) {
                    throw damagedHeaders();
                } else {
                    headers++;
                }
            }
            AudioDecoder.checkedRate(pages.file().path(), info.rate);
            dsp.synthesis_init(info);
            block = new Block(dsp);
        }

        private AudioException damagedHeaders() {
            return pages.file().problem("has damaged Vorbis headers; copy or encode it again");
        }

        /// Decodes the packets that end in the current page.
        void read() {
            if (ended) return;
            stream.pagein(page);
            boolean any = false;
            while (true) {
                int found = stream.packetout(packet);
                if (found == 0) break;
                if (found < 0) continue; // a gap, counted by the granule positions
                decodePacket();
                any = true;
            }
            long granule = page.granulepos();
            if (granule >= 0 && any) {
                if (firstGranule < 0 && !pages.endsStream()) {
                    firstGranule = granule;
                    decodedAtFirst = samples.size() - start;
                }
                lastGranule = granule;
            }
            ended = pages.endsStream();
        }

        private void decodePacket() {
            if (block.synthesis(packet) != 0) return;
            dsp.synthesis_blockin(block);
            float[][][] pcm = new float[1][][];
            int[] offsets = new int[info.channels];
            for (int count; (count = dsp.synthesis_pcmout(pcm, offsets)) > 0; ) {
                for (int i = 0; i < count; i++) {
                    float sum = 0;
                    for (int c = 0; c < info.channels; c++) sum += pcm[0][c][offsets[c] + i];
                    samples.add(Math.clamp(sum / info.channels, -1f, 1f));
                }
                dsp.synthesis_read(count);
            }
        }

        /// Drops the samples that the granule positions of the first and last page do not count.
        void finish() {
            if (lastGranule < 0) return;
            long uncounted = firstGranule < 0 ? 0L : decodedAtFirst - firstGranule;
            if (uncounted > 0) samples.cut(start, start + (int) uncounted);
            // Negative where the file was cut from the middle of a longer stream.
            long length = lastGranule + Math.min(0, uncounted);
            int decoded = samples.size() - start;
            if (decoded < length) {
                warnings.add(
                        "is damaged: %d of %d samples are missing"
                                .formatted(length - decoded, length));
            } else if (ended) {
                samples.cut(start + (int) Math.max(0, length), samples.size());
            }
        }
    }
}
