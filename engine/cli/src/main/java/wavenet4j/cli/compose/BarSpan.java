package wavenet4j.cli.compose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bars as `--bars` names them: how many, or from which to which.
///
/// @param from the first one's number; 1 where only the number of bars is given
/// @param to the last one's
record BarSpan(int from, int to) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

    static BarSpan parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "--bars %s is not understood; write a number of bars such as 32, or a span such as 5-8"
                            .formatted(text));
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        int from = matcher.group(2) == null ? 1 : first;
        if (last < from || last < 1) {
            throw new IllegalArgumentException(
                    "--bars %s has no bar; write a number from 1 on, or the lower one of a span first"
                            .formatted(text));
        }
        return new BarSpan(from, last);
    }

    int count() {
        return to - from + 1;
    }
}
