package wavenet4j.benchmarks;

import com.google.gson.Gson;

import wavenet4j.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One run of all benchmarks.
///
/// @param date when it began, as `2026-01-31 14:05 UTC`
/// @param commit of the sources, with `-dirty` where they were changed since
/// @param machine what ran it
/// @param results all that was measured
record Run(String date, String commit, Machine machine, List<Measurement> results) {
    /// Adds this run to a file of one JSON object a line.
    void appendTo(Path history) throws IOException {
        String before = Files.exists(history) ? Files.readString(history) : "";
        String line = new Gson().toJson(this) + "\n";
        AtomicFile.write(
                history, out -> out.write((before + line).getBytes(StandardCharsets.UTF_8)));
    }
}
