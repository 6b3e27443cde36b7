package wavenet4j.train.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what a parser of YAML, JSON or CSV says into a phrase for the person who wrote the text:
/// what is wrong, with line and column, and nothing of the parser's own classes and settings.
public final class ParseProblem {
    // Below it SnakeYAML repeats the line, which it marks by such a place.
    private static final Pattern PLACE =
            Pattern.compile(" in 'reader', line (\\d+), column (\\d+)");

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'");

    // What expects knowledge of the parser: its classes and settings, and codes of characters.
    private static final Pattern ADVICE =
            Pattern.compile(
                    ",? from `[^`]*`| ?\\((code|of type)[^()]*\\)|\\. \\(Do not use .*"
                            + "|: (was expecting|not allowed as per|expected a valid value) .*");

    private ParseProblem() {}

    /// What is wrong, a phrase such as `the key a appears twice at line 2, column 1`.
    public static String of(JsonProcessingException e) {
        List<String> lines = e.getOriginalMessage().lines().toList();
        String problem =
                lines.stream().filter(line -> !line.startsWith(" ")).reduce("", (_, last) -> last);
        return phrase(problem) + place(lines, e.getLocation());
    }

    private static String phrase(String problem) {
        Matcher duplicate = DUPLICATE.matcher(problem);
        if (duplicate.matches()) return "the key " + duplicate.group(1) + " appears twice";
        if (problem.startsWith("Trailing token")) return "there is text after its end";
        if (problem.startsWith("Document nesting depth")) return "it nests too deep";
        String plain =
                ADVICE.matcher(problem)
                        .replaceAll("")
                        .replace("'<stream end>'", "the end")
                        .replace("<stream end>", "the end")
                        .replace("end of stream", "end")
                        .strip();
        if (plain.isEmpty()) return "it cannot be read";
        return Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
    }

    private static String place(List<String> lines, JsonLocation location) {
        String found = "";
        for (String line : lines) { // the last one is where the problem is; others, where it began
            Matcher place = PLACE.matcher(line);
            if (place.find()) {
                found = " at line %s, column %s".formatted(place.group(1), place.group(2));
            }
        }
        if (!found.isEmpty() || location == null) return found;
        return " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }
}
