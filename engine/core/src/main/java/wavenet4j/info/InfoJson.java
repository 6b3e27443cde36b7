package wavenet4j.info;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;

import wavenet4j.file.Json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The JSON of a [ModelInfo]. What is unknown is left out. On reading, an unknown key is refused,
/// as preprocessing that this version does not know cannot be repeated; what has no key of its own
/// belongs under `facts`.
final class InfoJson {
    static final String KEY = "info";

    private InfoJson() {}

    static String write(ModelInfo info) {
        var json = new JsonObject();
        json.add("preprocessing", preprocessing(info.preprocessing()));
        if (info.training() != null) json.add("training", training(info.training()));
        if (info.data() != null) json.add("data", data(info.data()));
        if (info.sound() != null) json.add("sound", RecordingsJson.write(info.sound()));
        if (!info.primes().isEmpty()) json.add("primes", RecordingsJson.write(info.primes()));
        if (info.sampling() != null) {
            var sampling = new JsonObject();
            float temperature = info.sampling().temperature();
            sampling.addProperty("temperature", plain(new BigDecimal(Float.toString(temperature))));
            json.add("sampling", sampling);
        }
        if (info.licence() != null) json.addProperty("licence", info.licence().text());
        if (!info.facts().isEmpty()) {
            var facts = new JsonObject();
            info.facts().forEach(facts::addProperty);
            json.add("facts", facts);
        }
        return json.toString();
    }

    static ModelInfo read(String text) {
        JsonObject json = object(KEY, text);
        Json.requireOnly(
                json,
                "preprocessing",
                "training",
                "data",
                "sound",
                "primes",
                "sampling",
                "licence",
                "facts");
        var facts = new LinkedHashMap<String, String>();
        JsonObject free = optional("facts", json);
        if (free != null) {
            for (var fact : free.entrySet()) {
                facts.put(fact.getKey(), Json.string(fact.getKey(), fact.getValue()));
            }
        }
        JsonElement licence = json.get("licence");
        JsonElement primes = json.get("primes");
        JsonObject sound = optional("sound", json);
        return new ModelInfo(
                readPreprocessing(optional("preprocessing", json)),
                readTraining(optional("training", json)),
                readData(optional("data", json)),
                sound == null ? null : RecordingsJson.readSound(sound),
                primes == null
                        ? List.of()
                        : RecordingsJson.readPrimes(Json.array("primes", primes)),
                readSampling(optional("sampling", json)),
                licence == null ? null : new Licence(Json.string("licence", licence)),
                facts);
    }

    /// The object in that text; `key` names it in messages.
    static JsonObject object(String key, String text) {
        try {
            return Json.parseObject(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " is not valid JSON: " + e.getMessage(), e);
        }
    }

    private static JsonObject preprocessing(Preprocessing preprocessing) {
        var json = new JsonObject();
        Double trim = preprocessing.trimDb();
        if (trim != null) json.addProperty("trimDb", plain(BigDecimal.valueOf(trim)));
        json.addProperty("normalize", preprocessing.normalize());
        json.addProperty("leadIn", preprocessing.leadIn());
        json.addProperty("tailSeconds", plain(BigDecimal.valueOf(preprocessing.tailSeconds())));
        return json;
    }

    private static Preprocessing readPreprocessing(@Nullable JsonObject json) {
        if (json == null) return Preprocessing.NONE;
        JsonElement trim = json.remove("trimDb");
        Json.requireKeys(json, "normalize", "leadIn", "tailSeconds");
        return new Preprocessing(
                trim == null ? null : Json.number("trimDb", trim).doubleValue(),
                Json.bool("normalize", json.get("normalize")),
                Json.bool("leadIn", json.get("leadIn")),
                number(json, "tailSeconds"));
    }

    private static JsonObject training(TrainingFacts training) {
        var json = new JsonObject();
        json.addProperty("step", training.step());
        json.addProperty("minutes", plain(BigDecimal.valueOf(training.minutes())));
        json.addProperty(
                "heldOutBitsPerSample", plain(BigDecimal.valueOf(training.heldOutBitsPerSample())));
        return json;
    }

    private static @Nullable TrainingFacts readTraining(@Nullable JsonObject json) {
        if (json == null) return null;
        Json.requireKeys(json, "step", "minutes", "heldOutBitsPerSample");
        return new TrainingFacts(
                Json.wholeNumber("step", json.get("step"), Long.MAX_VALUE),
                number(json, "minutes"),
                number(json, "heldOutBitsPerSample"));
    }

    private static JsonObject data(TrainingData data) {
        var json = new JsonObject();
        json.addProperty("name", data.name());
        json.addProperty("labels", data.labelRule());
        var heldOut = new JsonArray();
        data.heldOut().forEach(heldOut::add);
        json.add("heldOut", heldOut);
        return json;
    }

    private static @Nullable TrainingData readData(@Nullable JsonObject json) {
        if (json == null) return null;
        Json.requireKeys(json, "name", "labels", "heldOut");
        var heldOut = new ArrayList<String>();
        for (JsonElement name : Json.array("heldOut", json.get("heldOut"))) {
            heldOut.add(Json.string("each of heldOut", name));
        }
        return new TrainingData(
                Json.string("name", json.get("name")),
                Json.string("labels", json.get("labels")),
                heldOut);
    }

    private static @Nullable SamplingDefaults readSampling(@Nullable JsonObject json) {
        if (json == null) return null;
        Json.requireKeys(json, "temperature");
        return new SamplingDefaults((float) number(json, "temperature"));
    }

    private static @Nullable JsonObject optional(String key, JsonObject json) {
        JsonElement value = json.get(key);
        return value == null ? null : Json.object(key, value);
    }

    private static double number(JsonObject json, String key) {
        return Json.number(key, json.get(key)).doubleValue();
    }

    /// The number without a positive exponent, which [Json] would refuse.
    private static BigDecimal plain(BigDecimal number) {
        return number.setScale(Math.max(0, number.scale()));
    }
}
