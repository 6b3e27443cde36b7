package wavenet4j.notebooks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A notebook as it lies in its file (format 4).
///
/// @param kernel the name that its kernel is installed under
/// @param cells those of code alone, in order
record Notebook(Path file, String kernel, List<Cell> cells) {

    /// A cell of code.
    ///
    /// @param count its place in the run that its outputs are from, 0 when it was never run
    /// @param isParameters whether it is tagged as holding what a caller may set otherwise
    record Cell(String source, int count, boolean isParameters, List<Output> outputs) {}

    static Notebook read(Path file) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        var cells =
                stream(json.get("cells"))
                        .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
                        .map(Notebook::cell)
                        .toList();
        String kernel =
                json.getAsJsonObject("metadata")
                        .getAsJsonObject("kernelspec")
                        .get("name")
                        .getAsString();
        return new Notebook(file, kernel, cells);
    }

    private static Cell cell(JsonObject json) {
        JsonElement count = json.get("execution_count");
        JsonElement tags = json.getAsJsonObject("metadata").get("tags");
        return new Cell(
                Output.text(json.get("source")),
                count.isJsonNull() ? 0 : count.getAsInt(),
                tags != null && tags.toString().contains("\"parameters\""),
                stream(json.get("outputs")).map(Output::of).toList());
    }

    private static Stream<JsonObject> stream(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }
}
