package wavenet4j.info;

import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;

import wavenet4j.file.Json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the model files from before [ModelInfo], in which all information was one JSON object of
/// strings. What no record holds, or holds only with others that are missing, stays under
/// [ModelInfo#facts()]. A value of preprocessing that makes no sense is refused, as preprocessing
/// has to be repeated; other such values stay under the facts, too.
final class StringFacts {
    static final String KEY = "training";

    private final Map<String, String> left;

    private StringFacts(Map<String, String> left) {
        this.left = left;
    }

    static ModelInfo read(String text) {
        JsonObject json = InfoJson.object(KEY, text);
        var strings = new LinkedHashMap<String, String>();
        for (var fact : json.entrySet()) {
            strings.put(fact.getKey(), Json.string(fact.getKey(), fact.getValue()));
        }
        return new StringFacts(strings).info();
    }

    private ModelInfo info() {
        return new ModelInfo(
                preprocessing(), training(), data(), null, List.of(), sampling(), licence(), left);
    }

    private Preprocessing preprocessing() {
        String trim = left.remove("trimDb");
        String tail = left.remove("tailSeconds");
        return new Preprocessing(
                trim == null ? null : number("trimDb", trim),
                bool("normalize"),
                bool("leadIn"),
                tail == null ? 0 : number("tailSeconds", tail));
    }

    private boolean bool(String key) {
        String text = left.remove(key);
        if (text == null || text.equals("false")) return false;
        if (text.equals("true")) return true;
        throw new IllegalArgumentException(key + " is \"" + text + "\", not true or false");
    }

    private static double number(String key, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is \"" + text + "\", not a number", e);
        }
    }

    private @Nullable TrainingFacts training() {
        if (!left.keySet().containsAll(List.of("step", "minutes", "heldOutBitsPerSample"))) {
            return null;
        }
        try {
            var facts =
                    new TrainingFacts(
                            Long.parseLong(left.get("step")),
                            Double.parseDouble(left.get("minutes")),
                            Double.parseDouble(left.get("heldOutBitsPerSample")));
            left.keySet().removeAll(List.of("step", "minutes", "heldOutBitsPerSample"));
            return facts;
        } catch (IllegalArgumentException _) { // the format of a number, or its range
            return null;
        }
    }

    private @Nullable TrainingData data() {
        String name = left.get("data");
        String labels = left.get("labels");
        String heldOut = left.get("heldOut");
        if (name == null && labels == null && heldOut == null) return null;
        left.keySet().removeAll(List.of("data", "labels", "heldOut"));
        return new TrainingData(
                name == null ? "" : name,
                labels == null ? "none" : labels,
                heldOut == null ? List.of() : heldOut.lines().toList());
    }

    private @Nullable SamplingDefaults sampling() {
        String temperature = left.get("temperature");
        if (temperature == null) return null;
        try {
            var sampling = new SamplingDefaults(Float.parseFloat(temperature));
            left.remove("temperature");
            return sampling;
        } catch (IllegalArgumentException _) { // the format of a number, or its range
            return null;
        }
    }

    private @Nullable Licence licence() {
        String licence = left.get("licence");
        if (licence == null || licence.isBlank()) return null;
        left.remove("licence");
        return new Licence(licence);
    }
}
