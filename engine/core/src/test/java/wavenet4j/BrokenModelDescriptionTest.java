package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.file.ContentChecksum;
import wavenet4j.file.Json;
import wavenet4j.info.Prime;
import wavenet4j.testing.TestModels;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Whole files whose spec or information makes no sense.
final class BrokenModelDescriptionTest extends BrokenModelFixture {
    @Test
    void specs() throws IOException {
        for (String key :
                List.of("sampleRate", "levels", "channels", "kernelSize", "dilations", "labels")) {
            refused(editedSpec(spec -> spec.remove(key)), "the key " + key + " is missing");
            for (JsonElement other : others()) {
                refused(editedSpec(spec -> spec.add(key, other)), "its description is wrong");
            }
        }
        for (String key : List.of("residual", "gate", "skip", "head")) {
            for (JsonElement other : others()) {
                refused(editedSpec(spec -> spec.getAsJsonObject("channels").add(key, other)), key);
            }
            // A shape that the tensors do not have.
            refused(
                    editedSpec(spec -> spec.getAsJsonObject("channels").addProperty(key, 7)),
                    "has the shape",
                    "where its spec says");
        }
        for (String key : List.of("names", "embedding")) {
            for (JsonElement other : others()) {
                refused(editedSpec(spec -> spec.getAsJsonObject("labels").add(key, other)));
            }
        }
        refused(editedSpec(spec -> spec.addProperty("local", 80)), "the key local is unknown");
        refused(editedSpec(spec -> spec.addProperty("kernelSize", 3)), "where its spec says");
        refused(editedSpec(spec -> spec.addProperty("levels", 10)), "where its spec says");
        refused(editedSpec(spec -> spec.add("dilations", array(1))), "its spec has no tensor");
        refused(editedSpec(spec -> spec.add("dilations", array(1, 2, 4))), "is missing");
        for (long odd : new long[] {0, -1, 1 << 27, Long.MAX_VALUE}) {
            refused(editedSpec(spec -> spec.add("dilations", array(1, odd))), "dilations");
        }
        refused(
                editedSpec(spec -> spec.add("dilations", array(new long[2000]))),
                "the number of dilations");
        refused(
                editedSpec(spec ->
                        spec.getAsJsonObject("labels")
                                .add("names", JsonParser.parseString("[\"a\",\"a\"]"))),
                "labels.names has \"a\" twice");
        refused(editedMetadata(metadata -> metadata.remove("spec")), "there is no spec");
        for (String odd :
                List.of("", "{", "[]", "7", "{\"levels\":9,\"levels\":9}", "[".repeat(100_000))) {
            refused(editedMetadata(m -> m.addProperty("spec", odd)), "spec is not valid JSON");
        }
    }

    @Test
    void excerpts() throws IOException {
        String good = "{\"primes\":[{\"labels\":[],\"bytes\":1,\"levels\":\"AAEC\"}]}";
        Files.write(file, editedMetadata(m -> m.addProperty("info", good)));
        assertThat(Model.load(file).info().primes())
                .containsExactly(new Prime(Set.of(), new int[] {0, 1, 2}));
        for (String odd :
                List.of(
                        good.replace("AAEC", "A*EC"),
                        good.replace("AAEC", "AAECAwQF"), // more than the receptive field
                        good.replace("AAEC", "CQ=="), // level 9 of 9
                        good.replace(":1", ":0"),
                        good.replace(":1", ":2"),
                        good.replace(":1", ":3"),
                        good.replace("[]", "[\"z\"]"),
                        good.replace("\"bytes\":1,", ""),
                        "{\"primes\":{}}",
                        "{\"sound\":{\"levelDb\":1}}")) {
            refused(editedMetadata(m -> m.addProperty("info", odd)), "its description is wrong");
        }
    }

    @Test
    void information() throws IOException {
        for (String odd :
                List.of("", "{", "[]", "7", "{\"data\":9,\"data\":9}", "[".repeat(100_000))) {
            refused(editedMetadata(m -> m.addProperty("info", odd)), "info is not valid JSON");
        }
        for (JsonElement other : others()) {
            if (other.isJsonPrimitive() && other.getAsJsonPrimitive().isString()) continue;
            refused(editedMetadata(m -> m.add("info", other)), "__metadata__ is malformed");
        }
        refused(editedInfo(info -> info.addProperty("steps", 7)), "the key steps is unknown");
        for (String key : List.of("preprocessing", "training", "data", "sampling", "facts")) {
            for (JsonElement other : others()) {
                refused(editedInfo(info -> info.add(key, other)), "its description is wrong");
            }
            if (key.equals("facts")) continue;
            refused(
                    editedInfo(info -> info.getAsJsonObject(key).addProperty("pace", 1)),
                    "the key pace is unknown");
        }
        refused(editedInfo(info -> info.addProperty("licence", " ")), "the licence is blank");
        refused(editedInfo(info -> info.addProperty("licence", 7)), "licence is not a string");
    }

    @ParameterizedTest
    @CsvSource({
        "preprocessing, trimDb, 0",
        "preprocessing, trimDb, -1001",
        "preprocessing, normalize, 1",
        "preprocessing, leadIn, 0",
        "preprocessing, tailSeconds, -1",
        "preprocessing, tailSeconds, 61",
        "training, step, -1",
        "training, step, 1.5",
        "training, minutes, -1",
        "training, minutes, 1000000000",
        "training, heldOutBitsPerSample, 1000000000",
        "data, name, 1",
        "data, labels, 1",
        "data, heldOut, 1",
        "sampling, temperature, -1",
        "sampling, temperature, 101",
        "facts, note, 1"
    })
    void informationOutOfRange(String record, String key, String value) throws IOException {
        refused(
                editedInfo(info ->
                        info.getAsJsonObject(record).add(key, JsonParser.parseString(value))),
                "its description is wrong",
                key);
    }

    @Test
    void informationOfBefore() throws IOException {
        for (String odd : List.of("", "{", "[]", "7", "[".repeat(100_000))) {
            refused(withStrings(odd), "training is not valid JSON");
        }
        refused(withStrings("{\"steps\":1000}"), "steps is not a string");
        refused(withStrings("{\"tailSeconds\":\"many\"}"), "tailSeconds is \"many\", not a number");
        refused(withStrings("{\"trimDb\":\"40\"}"), "trimDb is 40.0");
        refused(withStrings("{\"leadIn\":\"yes\"}"), "leadIn is \"yes\", not true or false");
    }

    private byte[] withStrings(String training) {
        return editedMetadata(metadata -> {
            metadata.remove("info");
            metadata.addProperty("training", training);
        });
    }

    @Test
    void specsOfAMixture() throws IOException {
        model =
                TestModels.random(
                        TestModels.logistics(2, TestModels.channels(3), 2, List.of(1)), 42);
        model.save(file);
        good = Files.readAllBytes(file);
        headerEnd = 8 + (int) wrap(good).getLong(0);
        assertThat(headerText()).contains("logistics").doesNotContain("levels");
        refused(editedSpec(spec -> spec.remove("output")), "the key levels is missing");
        refused(editedSpec(spec -> spec.remove("mixtures")), "the key mixtures is missing");
        refused(editedSpec(spec -> spec.addProperty("levels", 9)), "the key levels is unknown");
        refused(editedSpec(spec -> spec.addProperty("mixtures", 3)), "where its spec says");
        refused(editedSpec(spec -> spec.addProperty("mixtures", 1025)), "between 1 and 1,024");
        refused(
                editedSpec(spec -> spec.addProperty("output", "gaussians")),
                "output is \"gaussians\"; this version knows logistics");
        for (JsonElement other : others()) {
            refused(editedSpec(spec -> spec.add("output", other)), "output");
            refused(editedSpec(spec -> spec.add("mixtures", other)), "mixtures");
        }
    }

    @Test
    void aSpecLargerThanTheMemory() throws IOException {
        // As large as its header says, but almost all of it a hole.
        int layers = Math.toIntExact(Runtime.getRuntime().maxMemory() >> 30) + 2;
        var spec =
                TestModels.spec(
                        2,
                        TestModels.channels(1, 1 << 14, 1 << 14, 1),
                        1,
                        Collections.nCopies(layers, 1));
        var header = JsonParser.parseString(headerText()).getAsJsonObject();
        header.getAsJsonObject("__metadata__").remove(ContentChecksum.KEY);
        var metadata = header.remove("__metadata__").getAsJsonObject();
        var specJson = JsonParser.parseString(metadata.get("spec").getAsString()).getAsJsonObject();
        specJson.addProperty("levels", 2);
        specJson.addProperty("kernelSize", 1);
        specJson.add(
                "dilations",
                array(spec.convolutions().dilations().stream().mapToLong(d -> d).toArray()));
        specJson.add(
                "channels",
                JsonParser.parseString(
                        "{\"residual\":1,\"gate\":16384,\"skip\":16384,\"head\":1}"));
        specJson.add("labels", JsonParser.parseString("{\"names\":[],\"embedding\":0}"));
        metadata.addProperty("spec", specJson.toString());
        var large = new JsonObject();
        large.add("__metadata__", metadata);
        long offset = 0;
        for (var tensor : spec.shapes().entrySet()) {
            long end = offset + 4 * tensor.getValue().size();
            var item = new JsonObject();
            item.addProperty("dtype", "F32");
            item.add("shape", Json.arrayOf(tensor.getValue().dimensions()));
            item.add("data_offsets", array(offset, end));
            large.add(tensor.getKey(), item);
            offset = end;
        }
        byte[] start = file(large.toString(), new byte[0]);
        Files.delete(file);
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.SPARSE,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(start));
            channel.write(ByteBuffer.allocate(1), start.length + offset - 1);
        }
        assertThat(load()).asString().contains("its tensors take", "raise -Xmx");
    }
}
