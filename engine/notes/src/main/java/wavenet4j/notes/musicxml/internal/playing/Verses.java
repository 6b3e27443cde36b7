package wavenet4j.notes.musicxml.internal.playing;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.List;

/// Which verses of a part are sung where measures are repeated: the first verse in the first pass,
/// and so on; where a measure has no verse of that number, all it has.
final class Verses {
    private Verses() {}

    static List<Part.Lyric> sung(
            List<PartMeasure> measures,
            List<Integer> order,
            List<Fraction> onsets,
            Remarks remarks) {
        var times = new int[measures.size()];
        for (int number : order) times[number]++;
        var passes = new int[measures.size()];
        var sung = new ArrayList<Part.Lyric>();
        for (int i = 0; i < order.size(); i++) {
            int number = order.get(i);
            int pass = ++passes[number];
            List<Part.Lyric> lyrics = measures.get(number).lyrics;
            boolean hasVerse =
                    times[number] > 1 && lyrics.stream().anyMatch(each -> each.verse() == pass);
            for (Part.Lyric lyric : lyrics) {
                if (!hasVerse || lyric.verse() == pass) {
                    sung.add(
                            new Part.Lyric(
                                    onsets.get(i).plus(lyric.onset()),
                                    lyric.verse(),
                                    lyric.text()));
                } else if (pass == 1 && lyric.verse() > times[number]) {
                    remarks.happened("syllable", "of a verse beyond the passes, and left out");
                }
            }
        }
        return sung;
    }
}
