package wavenet4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.spec.Precision;
import wavenet4j.spec.Shape;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The container by itself: its layout, and what its checksum does and does not mind.
final class SafetensorsTest {
    private static final String METADATA = "\"__metadata__\":{\"a\":\"1\",\"crc32c\":\"%s\"}";
    private static final String X =
            "\"x\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[%s]}";
    private static final String Y = "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%s]}";

    @TempDir private Path folder;
    private Path file;
    private String checksum;

    @BeforeEach
    void writeAFile() throws IOException {
        file = folder.resolve("tensors.safetensors");
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put("x", Shape.of(1, 2));
        shapes.put("y", Shape.of(1));
        var tensors = Map.of("x", new float[] {1, -2}, "y", new float[] {3});
        SafetensorsWriter.write(file, Map.of("a", "1"), shapes, tensors, Precision.FLOAT32);
        checksum = String.valueOf(Safetensors.open(file).metadata().get("crc32c"));
    }

    @Test
    void theLayoutIsTheFormats() throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = (int) bytes.getLong();
        assertThat(headerBytes % 8).isZero();
        var header = new String(bytes.array(), 8, headerBytes, StandardCharsets.UTF_8);
        assertThat(header.stripTrailing())
                .isEqualTo(
                        "{%s,%s,%s}"
                                .formatted(
                                        METADATA.formatted(checksum),
                                        X.formatted("0,8"),
                                        Y.formatted("8,12")));
        bytes.position(8 + headerBytes);
        assertThat(List.of(bytes.getFloat(), bytes.getFloat(), bytes.getFloat()))
                .containsExactly(1f, -2f, 3f);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void anotherLayoutOfTheSameContentIsValid() throws IOException {
        write(
                Y.formatted("0,4")
                        + ",\n "
                        + METADATA.formatted(checksum)
                        + ","
                        + X.formatted("4,12"),
                3,
                1,
                -2);
        var tensors = Safetensors.open(file).readAll();
        assertThat(tensors.sequencedKeySet()).containsExactly("y", "x");
        assertThat(tensors.get("x")).containsExactly(1, -2);
        assertThat(tensors.get("y")).containsExactly(3);
    }

    @Test
    void otherContentIsNot() throws IOException {
        String metadata = METADATA.formatted(checksum);
        String x = X.formatted("0,8");
        String y = Y.formatted("8,12");
        damaged(metadata.replace("\"1\"", "\"2\"") + "," + x + "," + y, 1, -2, 3);
        damaged(metadata.replace("\"a\"", "\"b\"") + "," + x + "," + y, 1, -2, 3);
        damaged(metadata + "," + x.replace("\"x\"", "\"z\"") + "," + y, 1, -2, 3);
        damaged(metadata + "," + x.replace("[1,2]", "[2,1]") + "," + y, 1, -2, 3);
        damaged(metadata + "," + x.replace("[1,2]", "[2]") + "," + y, 1, -2, 3);
        damaged(
                metadata + "," + x.replace("F32", "BF16").replace("[1,2]", "[1,4]") + "," + y,
                1,
                -2,
                3);
        damaged(metadata + "," + x, 1, -2);
        damaged(metadata + "," + x + "," + y, 1, -2, 4);
        damaged(metadata + "," + x + "," + y, -2, 1, 3);
    }

    @Test
    void aFileWithoutAChecksumIsRead() throws IOException {
        write(X.formatted("4,12") + "," + Y.formatted("0,4"), 3, 1, -2);
        var safetensors = Safetensors.open(file);
        assertThat(safetensors.metadata()).isEmpty();
        assertThat(safetensors.shapes()).containsEntry("x", Shape.of(1, 2)).hasSize(2);
        assertThat(safetensors.readAll().get("x")).containsExactly(1, -2);
    }

    @Test
    void mixedPrecisionsAreTakenForTheWider() throws IOException {
        float twoBfloat16 = Float.intBitsToFloat(0x4040_3f80); // 1, then 3
        write(
                X.formatted("0,8")
                        + ",\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[8,12]}",
                1,
                -2,
                twoBfloat16);
        var safetensors = Safetensors.open(file);
        assertThat(safetensors.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(safetensors.readAll().get("b")).containsExactly(1, 3);
    }

    private void damaged(String header, float... values) throws IOException {
        write(header, values);
        assertThatThrownBy(() -> Safetensors.open(file).readAll())
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("its checksum is " + checksum);
    }

    private void write(String entries, float... values) throws IOException {
        byte[] header = ("{" + entries + "}").getBytes(StandardCharsets.UTF_8);
        var bytes =
                ByteBuffer.allocate(8 + header.length + 4 * values.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        for (float value : values) bytes.putFloat(value);
        Files.write(file, bytes.array());
    }
}
