package wavenet4j.train.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

import wavenet4j.train.text.ParseProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// How the labels of a recording follow from its path.
public sealed interface LabelRule {
    /// The prefix of a rule with a table.
    String CSV = "csv:";

    /// The labels of the recording at that path below the corpus folder; may be none.
    Set<String> labelsOf(Path file);

    /// No labels.
    record None() implements LabelRule {
        @Override
        public Set<String> labelsOf(Path file) {
            return Set.of();
        }
    }

    /// The folder a recording lies in is its label, with `/` between nested folders.
    record Folders() implements LabelRule {
        @Override
        public Set<String> labelsOf(Path file) {
            Path folder = file.getParent();
            return folder == null ? Set.of() : Set.of(slashed(folder));
        }
    }

    /// The groups of a regular expression that matches the whole path: a named group's label is
    /// `name=value`, an unnamed one's its value.
    record FileName(Pattern pattern) implements LabelRule {
        @Override
        public Set<String> labelsOf(Path file) {
            Matcher m = pattern.matcher(slashed(file));
            var labels = new TreeSet<String>();
            if (!m.matches()) return labels;
            for (int group = 1; group <= m.groupCount(); group++) {
                String value = m.group(group);
                if (value == null || value.isBlank()) continue;
                String label = value;
                for (var named : pattern.namedGroups().entrySet()) {
                    if (named.getValue() == group) label = named.getKey() + "=" + value;
                }
                labels.add(label);
            }
            return labels;
        }
    }

    /// A table whose first column is the path and whose other columns are labels, `column=value`.
    record Table(Map<String, Set<String>> labels) implements LabelRule {
        @Override
        public Set<String> labelsOf(Path file) {
            return labels.getOrDefault(slashed(file), Set.of());
        }
    }

    /// Parses `none`, `folders`, `pattern:REGEX` or `csv:FILE`.
    ///
    /// @param recordings the folder that a relative FILE is resolved against
    /// @throws IllegalArgumentException when it is none of these, or the file is no CSV
    /// @throws IOException when the CSV file cannot be read
    static LabelRule parse(String rule, Path recordings) throws IOException {
        if (rule.equals("none")) return new None();
        if (rule.equals("folders")) return new Folders();
        if (rule.startsWith("pattern:")) {
            try {
                return new FileName(Pattern.compile(rule.substring("pattern:".length())));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "the label pattern %s is no regular expression: %s"
                                .formatted(e.getPattern(), e.getDescription()),
                        e);
            }
        }
        if (rule.startsWith(CSV))
            return readTable(recordings.resolve(rule.substring(CSV.length())));
        throw new IllegalArgumentException(
                "the label rule is \"%s\"; it must be none, folders, pattern:REGEX or csv:FILE"
                        .formatted(rule));
    }

    /// The same rule, independent of the working directory: the path of a table becomes relative to
    /// the recordings' folder where it is in there, else absolute.
    ///
    /// @param rule as for [#parse]
    /// @param recordings their folder, or a file
    static String portable(String rule, Path recordings) {
        if (!rule.startsWith(CSV)) return rule;
        Path here = Path.of(rule.substring(CSV.length())).toAbsolutePath().normalize();
        if (!Files.exists(here)) return rule;
        Path folder = folderOf(recordings).toAbsolutePath().normalize();
        return CSV + (here.startsWith(folder) ? slashed(folder.relativize(here)) : here);
    }

    private static LabelRule readTable(Path csv) throws IOException {
        if (!Files.isRegularFile(csv)) {
            throw new IllegalArgumentException(
                    "the label table %s is no file; give its path by --labels csv:FILE"
                            .formatted(csv));
        }
        var labels = new LinkedHashMap<String, Set<String>>();
        try (MappingIterator<Map<String, String>> rows =
                new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvParser.Feature.TRIM_SPACES)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(csv.toFile())) {
            while (rows.hasNextValue()) {
                String file = null;
                var row = new TreeSet<String>();
                for (var cell : rows.nextValue().entrySet()) {
                    if (file == null) {
                        file = cell.getValue();
                    } else if (!cell.getValue().isBlank()) {
                        row.add(cell.getKey() + "=" + cell.getValue());
                    }
                }
                if (file != null) labels.put(file, row);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the label table %s is no CSV: %s".formatted(csv, ParseProblem.of(e)), e);
        }
        return new Table(labels);
    }

    /// The folder that paths of recordings are below.
    ///
    /// @param recordings a folder, or a file
    static Path folderOf(Path recordings) {
        Path parent = recordings.toAbsolutePath().getParent();
        return parent != null && Files.isRegularFile(recordings) ? parent : recordings;
    }

    /// The path with `/` between its parts, whatever the system's separator.
    static String slashed(Path path) {
        var parts = new StringBuilder();
        for (Path part : path) parts.append(parts.isEmpty() ? "" : "/").append(part);
        return parts.toString();
    }
}
