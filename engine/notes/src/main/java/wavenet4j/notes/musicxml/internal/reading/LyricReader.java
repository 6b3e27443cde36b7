package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Elision;
import org.audiveris.proxymusic.Lyric;
import org.audiveris.proxymusic.Syllabic;
import org.audiveris.proxymusic.TextElementData;
import org.jspecify.annotations.Nullable;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.playing.PartMeasure;

import java.util.List;
import java.util.OptionalInt;

/// Reads the syllables of a note.
final class LyricReader {
    private LyricReader() {}

    static void read(List<Lyric> lyrics, Fraction onset, PartMeasure measure, Remarks remarks) {
        for (Lyric lyric : lyrics) {
            var text = new StringBuilder();
            Syllabic syllabic = Syllabic.SINGLE;
            for (Object element : lyric.getElisionAndSyllabicAndText()) {
                switch (element) {
                    case Syllabic given -> syllabic = given;
                    case TextElementData given -> text.append(given.getValue());
                    case Elision given ->
                            text.append(given.getValue().isEmpty() ? " " : given.getValue());
                    default -> {}
                }
            }
            if (text.isEmpty()) {
                if (lyric.getLaughing() != null || lyric.getHumming() != null) {
                    remarks.leftOut("hummed syllable");
                }
                continue;
            }
            boolean goesOn = syllabic == Syllabic.BEGIN || syllabic == Syllabic.MIDDLE;
            if (goesOn) text.append('-');
            measure.lyrics.add(new Part.Lyric(onset, verse(lyric.getNumber()), text.toString()));
        }
    }

    /// A verse's number, also where words surround it.
    private static int verse(@Nullable String number) {
        if (number == null) return 1;
        OptionalInt verse = Numbers.integer(number.replaceAll("\\D+", ""));
        return Math.max(1, verse.orElse(1));
    }
}
