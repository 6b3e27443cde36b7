package wavenet4j.cli.console;

import com.fasterxml.jackson.databind.json.JsonMapper;

import wavenet4j.file.AtomicFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of results as JSON, which the option `--json` names.
public record JsonFile(Path path) {
    /// @throws IllegalArgumentException when no file of that name can be written
    public JsonFile {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(path)) {
            throw new IllegalArgumentException(
                    "--json %s cannot be written; name a file in a folder that is there"
                            .formatted(path));
        }
    }

    /// Writes a map, a list or a record.
    public void write(Object results) throws IOException {
        byte[] json = new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(results);
        AtomicFile.write(path, out -> out.write(json));
    }
}
