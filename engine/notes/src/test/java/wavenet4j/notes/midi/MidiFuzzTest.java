package wavenet4j.notes.midi;

import static org.assertj.core.api.Assertions.assertThat;

import static wavenet4j.notes.midi.SmfBytes.END;
import static wavenet4j.notes.midi.SmfBytes.SCALE;
import static wavenet4j.notes.midi.SmfBytes.file;
import static wavenet4j.notes.midi.SmfBytes.header;
import static wavenet4j.notes.midi.SmfBytes.join;
import static wavenet4j.notes.midi.SmfBytes.meta;
import static wavenet4j.notes.midi.SmfBytes.text;
import static wavenet4j.notes.midi.SmfBytes.track;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.internal.Remarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Damages sound files at random.
final class MidiFuzzTest {
    private static final Path NAME = Path.of("a.mid");
    private static final int BYTES = 1_000_000;

    private static final List<byte[]> SOUND =
            List.of(
                    file(
                            track(
                                    text(3, "Title"),
                                    text(2, "Rights"),
                                    meta(0x51, (byte) 7, (byte) 0xa1, (byte) 0x20),
                                    meta(0x58, (byte) 3, (byte) 2, (byte) 24, (byte) 8),
                                    text(6, "Cm7/Eb"),
                                    "8360ff580406030c08",
                                    END),
                            track(
                                    text(3, "Voice"),
                                    meta(0x21, (byte) 1),
                                    "00c110",
                                    "00b1407f",
                                    "00913c50",
                                    text(5, "la "),
                                    "83603c00",
                                    "00f0027ef7",
                                    "003e50",
                                    "00e10040",
                                    "83603e00",
                                    END),
                            track("00993c50", "8360893c40", END)),
                    join(header(0, 1, 96), track(SCALE)),
                    join(header(1, 1, 0xe728), track(SCALE)),
                    join(header(2, 2, 1), track(SCALE), track(SCALE)));

    @Test
    @Timeout(120)
    void whateverTheBytesAreAScoreOrASentenceIsGiven() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        int fuzzed = 0;
        int read = 0;
        int exact = 0;
        int files = 0;
        long most = 0;
        for (; fuzzed < BYTES; files++) {
            byte[] bytes = damaged(SOUND.get(random.nextInt(SOUND.size())), random);
            fuzzed += bytes.length;
            long before = allocated();
            try {
                Score score = MidiFile.parse(NAME, bytes).score();
                read++;
                var remarks = new Remarks();
                byte[] written = ScoreWriter.write(score, remarks);
                // Nothing else is lost, since the score is from a file of the kind.
                if (remarks.sentences().stream().noneMatch(said -> said.contains("tick"))) {
                    assertThat(MidiFile.parse(NAME, written).score()).isEqualTo(score);
                    exact++;
                }
            } catch (ScoreException e) {
                assertThat(e.problem())
                        .matches(".+; (copy or )?export it (again|as one|again, or leave it out)");
            }
            most = Math.max(most, allocated() - before);
        }
        assertThat(read).as("read of %d files", files).isBetween(files / 3, files - 1);
        assertThat(exact).isGreaterThan(read / 2);
        assertThat(most).as("bytes allocated for one file").isLessThan(4_000_000);
    }

    /// Flips, cuts, doubles and puts in bytes, once or a few times.
    private static byte[] damaged(byte[] sound, RandomGenerator random) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(1, 6); i > 0 && bytes.length > 1; i--) {
            int at = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + random.nextInt(1, 20));
            byte[] before = Arrays.copyOf(bytes, at);
            byte[] after = Arrays.copyOfRange(bytes, at, bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                case 3 -> bytes = join(before, Arrays.copyOfRange(bytes, to, bytes.length));
                case 4 -> bytes = join(before, Arrays.copyOfRange(bytes, at, to), after);
                default -> {
                    var put = new byte[to - at];
                    random.nextBytes(put);
                    bytes = join(before, put, after);
                }
            }
            if (random.nextInt(20) == 0) bytes = Arrays.copyOf(bytes, at + 1);
        }
        return bytes;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
