package wavenet4j.cli.scores;

import java.util.List;

/// A part of the report.
///
/// @param key of the figures in the JSON file
/// @param figures as JSON has them
/// @param lines the same as text
record Section(String key, Object figures, List<String> lines) {
    Section {
        lines = List.copyOf(lines);
    }
}
