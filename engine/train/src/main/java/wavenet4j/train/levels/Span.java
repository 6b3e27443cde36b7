package wavenet4j.train.levels;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a recording, in samples after preprocessing, without the lead-in.
///
/// @param from the first; 0 where the part begins with the recording, and so with its lead-in
/// @param to the end, exclusive, with the tail
public record Span(int from, int to) {
    /// All of a recording.
    public static final Span WHOLE = new Span(0, Integer.MAX_VALUE);

    private static final Pattern NAME = Pattern.compile("(.+)@(\\d{1,9})-(\\d{1,10})");

    /// Whether it is all of a recording.
    public boolean isWhole() {
        return equals(WHOLE);
    }

    /// The name of this part of a file, such as `a.wav@48000-64000`; the file alone for all of it.
    public String in(String file) {
        return isWhole() ? file : file + "@" + from + "-" + to;
    }

    /// A file, and a part of it.
    ///
    /// @param file its path below the corpus folder
    /// @param span the part
    public record Named(String file, Span span) {}

    /// Reads what [#in] writes; all of a file where the name ends with no span.
    public static Named of(String name) {
        Matcher part = NAME.matcher(name);
        if (!part.matches()) return new Named(name, WHOLE);
        long from = Long.parseLong(part.group(2));
        long to = Long.parseLong(part.group(3));
        if (from >= to || to >= Integer.MAX_VALUE) return new Named(name, WHOLE);
        return new Named(part.group(1), new Span((int) from, (int) to));
    }
}
