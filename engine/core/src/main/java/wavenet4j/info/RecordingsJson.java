package wavenet4j.info;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import wavenet4j.file.Json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// The JSON of what a [ModelInfo] keeps of the recordings: their sound and excerpts of them.
final class RecordingsJson {
    private static final int BYTE_LEVELS = 256;

    private RecordingsJson() {}

    static JsonObject write(RecordingSound sound) {
        var json = new JsonObject();
        json.addProperty("levelDb", rounded(sound.levelDb()));
        json.addProperty("silent", rounded(sound.silent()));
        json.addProperty("constant", rounded(sound.constant()));
        json.addProperty("offset", rounded(sound.offset()));
        json.addProperty("fewLevels", rounded(sound.fewLevels()));
        json.addProperty("periodic", rounded(sound.periodic()));
        json.addProperty("fullScale", rounded(sound.fullScale()));
        json.addProperty("flatness", rounded(sound.flatness()));
        return json;
    }

    static RecordingSound readSound(JsonObject json) {
        Json.requireKeys(
                json,
                "levelDb",
                "silent",
                "constant",
                "offset",
                "fewLevels",
                "periodic",
                "fullScale",
                "flatness");
        return new RecordingSound(
                number(json, "levelDb"),
                number(json, "silent"),
                number(json, "constant"),
                number(json, "offset"),
                number(json, "fewLevels"),
                number(json, "periodic"),
                number(json, "fullScale"),
                number(json, "flatness"));
    }

    /// Levels are bytes in Base64, two for each, low byte first, where one cannot hold them.
    static JsonArray write(List<Prime> primes) {
        var json = new JsonArray();
        for (Prime prime : primes) {
            int[] levels = prime.levels();
            int width = Arrays.stream(levels).allMatch(level -> level < BYTE_LEVELS) ? 1 : 2;
            var bytes = ByteBuffer.allocate(width * levels.length).order(ByteOrder.LITTLE_ENDIAN);
            for (int level : levels) {
                if (width == 1) bytes.put((byte) level);
                else bytes.putShort((short) level);
            }
            var names = new JsonArray();
            prime.labels().forEach(names::add);
            var item = new JsonObject();
            item.add("labels", names);
            item.addProperty("bytes", width);
            item.addProperty("levels", Base64.getEncoder().encodeToString(bytes.array()));
            json.add(item);
        }
        return json;
    }

    static List<Prime> readPrimes(JsonArray json) {
        var primes = new ArrayList<Prime>();
        for (JsonElement element : json) {
            JsonObject item = Json.object("each of primes", element);
            Json.requireKeys(item, "labels", "bytes", "levels");
            var labels = new ArrayList<String>();
            for (JsonElement label : Json.array("labels", item.get("labels"))) {
                labels.add(Json.string("each of labels", label));
            }
            primes.add(new Prime(labels, levels(item)));
        }
        return primes;
    }

    private static int[] levels(JsonObject item) {
        int width = (int) Json.wholeNumber("bytes", item.get("bytes"), 2);
        ByteBuffer bytes =
                ByteBuffer.wrap(
                                Base64.getDecoder()
                                        .decode(Json.string("levels", item.get("levels"))))
                        .order(ByteOrder.LITTLE_ENDIAN);
        if (width < 1 || bytes.remaining() % width != 0) {
            throw new IllegalArgumentException(
                    "an excerpt has %d bytes, %d for each level"
                            .formatted(bytes.remaining(), width));
        }
        var levels = new int[bytes.remaining() / width];
        for (int i = 0; i < levels.length; i++) {
            levels[i] =
                    width == 1
                            ? Byte.toUnsignedInt(bytes.get())
                            : Short.toUnsignedInt(bytes.getShort());
        }
        return levels;
    }

    /// To four places, which is more than any judgement needs.
    private static BigDecimal rounded(double value) {
        return new BigDecimal(value).setScale(4, RoundingMode.HALF_EVEN);
    }

    private static double number(JsonObject json, String key) {
        return Json.number(key, json.get(key)).doubleValue();
    }
}
