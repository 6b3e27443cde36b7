package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import wavenet4j.file.InvalidModelException;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Whatever a model file holds, it is refused in a line, or is a model that runs or is refused for
/// its size before it takes any memory. Nothing crashes, and nothing takes long.
@Timeout(60)
final class ModelFuzzTest extends BrokenModelFixture {
    private static final int MUTATIONS = 400;
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "1",
                    "2",
                    "7",
                    "255",
                    "65536",
                    "67108863",
                    "67108864",
                    "2147483647",
                    "4294967296",
                    "9223372036854775807",
                    "-1",
                    "1e3",
                    "0.5");

    /// What runs for long, as the reference runs a receptive field of ticks at the start.
    private static final int LONG = 1 << 12;

    private final Random random = new Random(14);

    @Test
    void everyMutationIsRefusedOrHarmless() throws IOException {
        int refused = 0;
        int refusedForItsSize = 0;
        int ran = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutated(i);
            Files.write(file, bytes);
            Object loaded = load(); // asserts what a message must be
            boolean fromMemory = isRefusedFromMemory(bytes);
            if (loaded instanceof Model found) {
                assertThat(fromMemory).as("mutation %s", i).isFalse();
                if (runs(found)) ran++;
                else refusedForItsSize++;
            } else {
                assertThat(fromMemory).as("mutation %s", i).isTrue();
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 2);
        assertThat(ran).isGreaterThan(10);
        assertThat(refusedForItsSize).isGreaterThan(10);
    }

    private static boolean isRefusedFromMemory(byte[] bytes) throws IOException {
        try {
            Model.load(bytes);
            return false;
        } catch (InvalidModelException e) {
            return true;
        }
    }

    /// Runs a few samples, unless the network is said to be too large.
    private static boolean runs(Model model) {
        if (model.spec().receptiveField() > LONG) {
            var backend = new ReferenceBackend();
            long need = backend.memory(model.spec(), Precision.FLOAT32, 1, 1).heap();
            assertThat(need).isGreaterThan(4L * model.spec().receptiveField());
            return false;
        }
        try (var generator = new ReferenceBackend().open(model, Precision.FLOAT32, 1)) {
            generator.generate(new float[5], 0, 5);
            return true;
        }
    }

    private byte[] mutated(int i) {
        return switch (i % 5) {
            case 0 -> flipped(good.clone());
            case 1 -> flipped(edited(_ -> {})); // without a checksum
            case 2 -> withHeader(withAnotherNumber(unchecked()));
            case 3 -> editedSpec(this::withAnotherValue);
            default -> moved(edited(_ -> {}));
        };
    }

    private byte[] flipped(byte[] bytes) {
        int within = random.nextBoolean() ? bytes.length : headerEnd;
        for (int n = random.nextInt(4); n >= 0; n--) {
            bytes[random.nextInt(Math.min(within, bytes.length))] ^=
                    (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /// The header without its checksum.
    private String unchecked() {
        byte[] bytes = edited(_ -> {});
        int length = (int) wrap(bytes).getLong(0);
        return new String(bytes, 8, length, StandardCharsets.UTF_8);
    }

    private String withAnotherNumber(String header) {
        List<MatchResult> numbers = NUMBER.matcher(header).results().toList();
        MatchResult changed = numbers.get(random.nextInt(numbers.size()));
        return header.substring(0, changed.start())
                + NUMBERS.get(random.nextInt(NUMBERS.size()))
                + header.substring(changed.end());
    }

    /// Another dilation, mostly, as the shapes of the tensors hold no other of its numbers apart.
    private void withAnotherValue(JsonObject spec) {
        long value = Math.min(1L << random.nextInt(30), (1 << 26) - 3);
        var dilations = spec.getAsJsonArray("dilations");
        if (random.nextInt(4) > 0) {
            dilations.set(random.nextInt(dilations.size()), new JsonPrimitive(value));
        } else {
            List<String> keys = List.copyOf(spec.keySet());
            spec.addProperty(keys.get(random.nextInt(keys.size())), value);
        }
    }

    /// A part of it cut out, doubled, or overwritten by another.
    private byte[] moved(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = from + random.nextInt(bytes.length - from);
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        byte[] before = Arrays.copyOf(bytes, from);
        byte[] after = Arrays.copyOfRange(bytes, to, bytes.length);
        return switch (random.nextInt(3)) {
            case 0 -> joined(before, after);
            case 1 -> joined(before, part, part, after);
            default -> {
                System.arraycopy(
                        part, 0, bytes, random.nextInt(bytes.length - part.length), part.length);
                yield bytes;
            }
        };
    }
}
