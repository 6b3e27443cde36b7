package wavenet4j.notebooks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/// What a cell put out, as notebooks store it and kernels send it.
///
/// @param type such as `stream`, `display_data`, `execute_result` or `error`
/// @param data text by media type; that of a stream is `text/plain`, that of an error what went
///   wrong
record Output(String type, Map<String, String> data) {
    static final String PICTURE = "image/png";
    static final String HTML = "text/html";

    /// A stored one.
    static Output of(JsonObject json) {
        return of(json.get("output_type").getAsString(), json);
    }

    /// @param json the content of the kernel's message of that type
    static Output of(String type, JsonObject json) {
        var data = new TreeMap<String, String>();
        switch (type) {
            case "stream" -> data.put("text/plain", text(json.get("text")));
            case "error" ->
                    data.put(
                            "text/plain",
                            json.get("ename").getAsString()
                                    + ": "
                                    + json.get("evalue").getAsString()
                                    + "\n"
                                    + text(json.get("traceback")));
            default ->
                    json.getAsJsonObject("data")
                            .asMap()
                            .forEach((media, value) -> data.put(media, text(value)));
        }
        return new Output(type, data);
    }

    boolean isError() {
        return type.equals("error");
    }

    /// Its type and media types, which do not change from run to run.
    String kind() {
        return type + " " + data.keySet();
    }

    /// Long text is stored as a list of lines.
    static String text(JsonElement text) {
        if (!text.isJsonArray()) return text.getAsString();
        var lines = new ArrayList<String>();
        text.getAsJsonArray().forEach(line -> lines.add(line.getAsString()));
        return String.join("", lines);
    }
}
