package wavenet4j.train.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

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

/// Where a recording's labels come from.
public sealed interface LabelRule {
    /// What a rule begins with whose labels are in a table.
    String CSV = "csv:";

    /// The labels of the recording at that path below the corpus folder; none when the rule says
    /// nothing of it.
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

    /// Reads `none`, `folders`, `pattern:REGEX` or `csv:FILE`.
    ///
    /// @param recordings the folder in which a FILE lies that is no absolute path
    /// @throws IllegalArgumentException when it is none of these, or the CSV file is none
    /// @throws IOException when the CSV file cannot be read
    static LabelRule parse(String words, Path recordings) throws IOException {
        if (words.equals("none")) return new None();
        if (words.equals("folders")) return new Folders();
        if (words.startsWith("pattern:")) {
            try {
                return new FileName(Pattern.compile(words.substring("pattern:".length())));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "the label pattern %s is no regular expression: %s"
                                .formatted(e.getPattern(), e.getDescription()),
                        e);
            }
        }
        if (words.startsWith(CSV))
            return readTable(recordings.resolve(words.substring(CSV.length())));
        throw new IllegalArgumentException(
                "the label rule is \"%s\"; it must be none, folders, pattern:REGEX or csv:FILE"
                        .formatted(words));
    }

    /// The same rule for a run that may be moved: a table that lies where the process is working is
    /// named from the recordings' folder when it lies in there, and by its absolute path when not.
    ///
    /// @param words as for [#parse]
    static String portable(String words, Path recordings) {
        if (!words.startsWith(CSV)) return words;
        Path here = Path.of(words.substring(CSV.length())).toAbsolutePath().normalize();
        if (!Files.exists(here)) return words;
        Path folder = recordings.toAbsolutePath().normalize();
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
                var its = new TreeSet<String>();
                for (var cell : rows.nextValue().entrySet()) {
                    if (file == null) {
                        file = cell.getValue();
                    } else if (!cell.getValue().isBlank()) {
                        its.add(cell.getKey() + "=" + cell.getValue());
                    }
                }
                if (file != null) labels.put(file, its);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the label table %s is no CSV: %s (line %d)"
                            .formatted(
                                    csv,
                                    e.getOriginalMessage().lines().findFirst().orElse(""),
                                    e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
                    e);
        }
        return new Table(labels);
    }

    /// The path with `/` between its parts, whatever the system's separator.
    static String slashed(Path path) {
        var parts = new StringBuilder();
        for (Path part : path) parts.append(parts.isEmpty() ? "" : "/").append(part);
        return parts.toString();
    }
}
