package wavenet4j.cli.compose;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.harmony.ChordText;

import java.util.ArrayList;
import java.util.List;

/// Chords as a musician writes them in a line: `C | Am | F G7 | %`. Those between two strokes share
/// the bar evenly, `%` repeats the bar before, and the line repeats to the end of the sheet.
final class ChordLine {
    private ChordLine() {}

    /// The chord symbols of a sheet.
    ///
    /// @throws IllegalArgumentException when a word is no chord
    static List<ChordSymbol> parse(String line, Form form) {
        List<List<String>> bars = bars(line);
        var symbols = new ArrayList<ChordSymbol>();
        Fraction bar = form.meter().length();
        for (int i = 0; i < form.bars(); i++) {
            List<String> chords = bars.get(i % bars.size());
            for (int k = 0; k < chords.size(); k++) {
                Fraction onset = bar.times(i).plus(bar.times(Fraction.of(k, chords.size())));
                symbols.add(symbol(form.pickup().plus(onset), chords.get(k)));
            }
        }
        return symbols;
    }

    private static List<List<String>> bars(String line) {
        var bars = new ArrayList<List<String>>();
        for (String text : line.strip().replaceAll("^\\|+|\\|+$", "").split("\\|", -1)) {
            List<String> chords = List.of(text.strip().split("\\s+"));
            boolean repeats = chords.equals(List.of("%")) && !bars.isEmpty();
            bars.add(repeats ? bars.getLast() : chords);
        }
        return bars;
    }

    private static ChordSymbol symbol(Fraction onset, String text) {
        return ChordText.read(onset, text)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "--chords has %s, which is no chord; write chords such as C, F#m7 or Bb/D, bars between strokes: \"C | Am | F G7 | C\""
                                        .formatted(text.isEmpty() ? "an empty bar" : text)));
    }
}
