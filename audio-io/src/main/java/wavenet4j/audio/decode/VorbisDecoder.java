package wavenet4j.audio.decode;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.Page;
import com.jcraft.jogg.StreamState;
import com.jcraft.jogg.SyncState;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;

import wavenet4j.audio.AudioException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An Ogg Vorbis file (RFC 3533 and the Vorbis I specification), decoded by JOrbis packet by
/// packet. The granule position of a page is the sample count at its end; it gives the samples to
/// drop at both ends and the number of missing ones.
final class VorbisDecoder implements AudioDecoder {
    private static final int READ_BYTES = 1 << 14;
    private static final int HEADER_PACKETS = 3;

    private final Path file;
    private final FileChannel channel;
    private final SyncState sync = new SyncState();
    private final Page page = new Page();
    private final Packet packet = new Packet();
    private final List<String> warnings = new ArrayList<>();
    private final MonoBuffer samples = new MonoBuffer(0);

    private Link link;

    VorbisDecoder(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        channel.position(0);
        link = firstLink();
    }

    private Link firstLink() throws IOException {
        String other = "";
        while (nextPage() && page.bos() != 0) {
            String codec = codec();
            if (codec.equals("Vorbis")) return new Link();
            other = codec;
        }
        throw new AudioException(
                file,
                other.isEmpty()
                        ? "is a damaged Ogg file; copy it again"
                        : "is an Ogg file of " + other + ", not of Vorbis; convert it to FLAC");
    }

    private String codec() {
        int length = Math.min(page.body_len, 16);
        String start = new String(page.body_base, page.body, length, StandardCharsets.ISO_8859_1);
        if (start.startsWith("\1vorbis")) return "Vorbis";
        if (start.startsWith("OpusHead")) return "Opus";
        if (start.startsWith("\177FLAC")) return "FLAC";
        if (start.startsWith("Speex")) return "Speex";
        return "something else";
    }

    /// Reads the next complete page; false at the end of the file.
    private boolean nextPage() throws IOException {
        while (true) {
            int found = sync.pageout(page);
            if (found > 0) return true;
            if (found < 0) continue; // bytes that belong to no page
            int at = sync.buffer(READ_BYTES);
            int count = channel.read(ByteBuffer.wrap(sync.data, at, READ_BYTES));
            if (count <= 0) return false;
            sync.wrote(count);
        }
    }

    @Override
    public int sampleRate() {
        return link.info.rate;
    }

    @Override
    public DecodedAudio decode() throws IOException {
        int rate = link.info.rate;
        int channels = link.info.channels;
        while (nextPage()) {
            if (link.ended && page.bos() != 0 && codec().equals("Vorbis")) {
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

    @Override
    public void close() throws IOException {
        channel.close();
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
                    if (!nextPage()) throw damagedHeaders();
                    if (page.serialno() == serial) stream.pagein(page);
                } else if (found < 0 || info.synthesis_headerin(comment, packet) < 0) {
                    throw damagedHeaders();
                } else {
                    headers++;
                }
            }
            AudioDecoder.checkedRate(file, info.rate);
            dsp.synthesis_init(info);
            block = new Block(dsp);
        }

        private AudioException damagedHeaders() {
            return new AudioException(file, "has damaged Vorbis headers; copy or encode it again");
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
                if (firstGranule < 0 && page.eos() == 0) {
                    firstGranule = granule;
                    decodedAtFirst = samples.size() - start;
                }
                lastGranule = granule;
            }
            ended = page.eos() != 0;
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
