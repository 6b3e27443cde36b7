package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import wavenet4j.file.InvalidModelException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/// Files that are cut, damaged or not models: each is refused in one line that names the file,
/// soon, and without memory that its own size does not justify.
final class BrokenModelFileTest extends BrokenModelFixture {
    @Test
    void truncatedAnywhere() throws IOException {
        for (int length = 0; length < good.length; length++) {
            boolean interesting =
                    length < 64 || Math.abs(length - headerEnd) < 16 || length > good.length - 64;
            if (interesting || length % 17 == 0) refused(Arrays.copyOf(good, length));
        }
        refused(Arrays.copyOf(good, good.length + 1), "truncated or damaged");
        refused(Arrays.copyOf(good, good.length + 4096), "truncated or damaged");
    }

    @Test
    void aFlippedBitInTheHeaderIsRefusedOrMeansTheSame() throws IOException {
        var random = new Random(42);
        int refused = 0;
        for (int at = 0; at < headerEnd; at++) {
            byte[] bytes = good.clone();
            bytes[at] ^= (byte) (1 << (at < 8 ? at % 8 : random.nextInt(8)));
            if (!loadsAsTheModel(bytes)) refused++;
        }
        // What may load is a flip in the name under which the checksum is kept.
        assertThat(headerEnd - refused).isLessThanOrEqualTo(6);
    }

    @Test
    void aFlippedBitInTheWeights() throws IOException {
        for (int at = headerEnd; at < good.length; at++) {
            byte[] bytes = good.clone();
            bytes[at] ^= (byte) (1 << at % 8);
            refused(bytes, "its checksum is", "damaged");
        }
    }

    @Test
    void anotherSpecOfTheSameShapes() throws IOException {
        String text = new String(good, 8, headerEnd - 8, StandardCharsets.UTF_8);
        for (var change :
                Map.of(
                                "dilations\\\":[1,2]", "dilations\\\":[3,2]",
                                "sampleRate\\\":8000", "sampleRate\\\":9000",
                                "label 1", "label 3",
                                "step\\\":1000", "step\\\":9000")
                        .entrySet()) {
            assertThat(text).contains(change.getKey());
            refused(
                    withHeader(text.replace(change.getKey(), change.getValue())),
                    "its checksum is");
        }
    }

    @Test
    void weightsThatAreNotNumbers() throws IOException {
        byte[] unchecked = edited(header -> {}); // without a checksum
        assertThat(loadsAsTheModel(unchecked)).isTrue();
        int dataStart = 8 + (int) wrap(unchecked).getLong(0);
        for (String name : model.spec().shapes().keySet()) {
            for (float bad :
                    new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                byte[] bytes = unchecked.clone();
                wrap(bytes).putFloat(dataStart + (int) offsets(name)[1] - 4, bad);
                refused(bytes, "the tensor " + name + " holds " + bad);
            }
        }
    }

    @Test
    void filesThatAreNone() throws IOException {
        refused(new byte[0], "it has 0 bytes");
        refused(
                "RIFF....WAVEfmt and so on".getBytes(StandardCharsets.UTF_8),
                "no safetensors file");
        assertThatThrownBy(() -> Model.load(folder))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(folder + " cannot be used: it is a folder; name the file in it.");
        Path missing = folder.resolve("missing.safetensors");
        assertThatThrownBy(() -> Model.load(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing + ": there is no such file");
    }

    @Test
    void aThousandRandomMutations() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < 1000; seed++) {
            byte[] bytes = good.clone();
            var random = new Random(seed);
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                bytes = mutated(bytes, random);
            }
            if (!loadsAsTheModel(bytes)) refused++;
        }
        assertThat(refused).isGreaterThan(970);
    }

    private byte[] mutated(byte[] bytes, Random random) {
        if (bytes.length < 2) return bytes;
        // Half of the changes hit the header, where there is more to get wrong.
        int within = random.nextBoolean() ? Math.min(headerEnd, bytes.length) : bytes.length;
        int from = random.nextInt(within);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
        byte[] head = Arrays.copyOf(bytes, from);
        byte[] piece = Arrays.copyOfRange(bytes, from, to);
        byte[] tail = Arrays.copyOfRange(bytes, to, bytes.length);
        return switch (random.nextInt(6)) {
            case 0 -> head; // truncated
            case 1 -> joined(head, tail); // a piece is missing
            case 2 -> joined(head, piece, piece, tail); // or there twice
            case 3 -> {
                random.nextBytes(piece);
                yield joined(head, piece, tail);
            }
            case 4 -> { // another digit, bracket or quote in its place
                byte[] marks = "0123456789-.eE[]{}\",:\\ \n".getBytes(StandardCharsets.US_ASCII);
                piece[random.nextInt(piece.length)] = marks[random.nextInt(marks.length)];
                yield joined(head, piece, tail);
            }
            default -> {
                byte[] other = bytes.clone();
                int at = random.nextInt(bytes.length - piece.length + 1);
                System.arraycopy(piece, 0, other, at, piece.length);
                yield other;
            }
        };
    }
}
