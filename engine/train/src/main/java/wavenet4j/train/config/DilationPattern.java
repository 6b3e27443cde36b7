package wavenet4j.train.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The dilations of a network's layers, written in a configuration as `2 x 1..512` (cycles of
/// doubling dilations) or as a list.
///
/// @param list d of each layer, from the input
public record DilationPattern(@JsonValue List<Integer> list) {
    private static final Pattern CYCLES =
            Pattern.compile("(\\d{1,3}) *x *([1-9]\\d{0,7}) *\\.\\. *(\\d{1,8})");

    /// Copies the list.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DilationPattern {
        list = List.copyOf(list);
    }

    /// Parses `2 x 1..512`.
    ///
    /// @throws IllegalArgumentException when the text is not of that form
    @JsonCreator
    public static DilationPattern parse(String text) {
        Matcher m = CYCLES.matcher(text.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "network.dilations is \"%s\"; write it as \"2 x 1..512\" or as a list"
                            .formatted(text));
        }
        int first = Integer.parseInt(m.group(2));
        int last = Integer.parseInt(m.group(3));
        var list = new ArrayList<Integer>();
        for (int cycle = 0; cycle < Integer.parseInt(m.group(1)); cycle++) {
            for (int dilation = first; dilation <= last; dilation *= 2) list.add(dilation);
        }
        return new DilationPattern(list);
    }
}
