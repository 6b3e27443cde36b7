package wavenet4j.benchmarks.report;

import com.google.gson.Gson;

import wavenet4j.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One run of all benchmarks.
///
/// @param date start of the run, such as `2026-01-31 14:05 UTC`
/// @param commit of the sources, with `-dirty` if they were changed since
/// @param machine the machine that ran it
/// @param results all measurements
record Run(String date, String commit, Machine machine, List<Measurement> results) {
    /// Appends this run to a file with one JSON object a line.
    void appendTo(Path history) throws IOException {
        String before = Files.exists(history) ? Files.readString(history) : "";
        String line = new Gson().toJson(this) + "\n";
        AtomicFile.write(
                history, out -> out.write((before + line).getBytes(StandardCharsets.UTF_8)));
    }
}
