package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import wavenet4j.file.InvalidModelException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A model comes from a file, a resource, a stream or an array, and from each to the same bits.
final class ModelSourcesTest extends BrokenModelFixture {
    @Test
    void everySourceGivesTheSameModel() throws IOException {
        for (Model loaded :
                new Model[] {
                    Model.load(file),
                    Model.load(resourceInAJar()),
                    Model.load(new ByteArrayInputStream(good)),
                    Model.load(good)
                }) {
            assertThat(loaded.spec()).isEqualTo(model.spec());
            assertThat(loaded.info()).isEqualTo(model.info());
            assertThat(loaded.precision()).isEqualTo(model.precision());
            for (Map.Entry<String, float[]> tensor : model.weights().tensors().entrySet()) {
                assertThat(loaded.weights().tensor(tensor.getKey())).isEqualTo(tensor.getValue());
            }
        }
    }

    @Test
    void aMessageNamesTheResource() throws IOException {
        good = Arrays.copyOf(good, good.length - 1);
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> Model.load(resourceInAJar()))
                .withMessageStartingWith("jar:file:")
                .withMessageContaining("models.jar!/tiny.safetensors cannot be used: it has fewer");
        URL missing = ModelSourcesTest.class.getResource("no-such.safetensors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Model.load(missing))
                .withMessage("there is no such resource");
    }

    private URL resourceInAJar() throws IOException {
        Path jar = folder.resolve("models.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("tiny.safetensors"));
            zip.write(good);
        }
        return URI.create("jar:" + jar.toUri() + "!/tiny.safetensors").toURL();
    }

    @Test
    void aDamagedStreamOrArrayIsRefused() {
        for (int length : new int[] {0, 7, 8, 40, headerEnd - 1, headerEnd, good.length - 1}) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> Model.load(cut))
                    .withMessageStartingWith("the array cannot be used: ");
            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> Model.load(new ByteArrayInputStream(cut)))
                    .withMessageStartingWith("the stream cannot be used: ");
        }
        byte[] long1 = Arrays.copyOf(good, good.length + 1);
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> Model.load(long1))
                .withMessageContaining("truncated or damaged");
        byte[] flipped = good.clone();
        flipped[good.length - 1] ^= 1;
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> Model.load(new ByteArrayInputStream(flipped)))
                .withMessageContaining("its checksum is");
    }

    /// A stream without an end is read no further than its header says.
    @Test
    void anEndlessStreamIsRefused() {
        var endless = new EndlessStream();
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> Model.load(endless))
                .withMessageContaining("more bytes than its header says");
        assertThat(endless.read).isLessThan(good.length + 64);
        byte[] zeros = new byte[1 << 20];
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> Model.load(new ByteArrayInputStream(zeros)))
                .withMessage(
                        "the stream cannot be used: its header length is 0, so it is truncated or"
                                + " no safetensors file.");
    }

    /// The good file, and then zeros for ever.
    @SuppressWarnings("InputStreamSlowMultibyteRead") // slow is fast enough
    private final class EndlessStream extends InputStream {
        private int read;

        @Override
        public int read() {
            return read < good.length ? good[read++] & 0xFF : read++ & 0;
        }

        @Override
        public int read(byte[] into, int from, int count) {
            for (int i = 0; i < count; i++) into[from + i] = (byte) read();
            return count;
        }
    }

    /// One whose header speaks of more than there is memory for is refused before it is read on.
    @Test
    void aStreamTooLargeForTheMemoryIsRefused() {
        long bytes = 4L * (Integer.MAX_VALUE - 8);
        int tensors = Math.toIntExact(Runtime.getRuntime().maxMemory() / bytes + 1);
        var header = new StringBuilder("{");
        for (int i = 0; i < tensors; i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"t%d\":{\"dtype\":\"F32\",\"shape\":[%d],".formatted(i, bytes / 4))
                    .append("\"data_offsets\":[%d,%d]}".formatted(i * bytes, (i + 1) * bytes));
        }
        byte[] start = file(header.append("}").toString(), new byte[0]);
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> Model.load(new ByteArrayInputStream(start)))
                .withMessageContaining("where Java may use");
    }
}
