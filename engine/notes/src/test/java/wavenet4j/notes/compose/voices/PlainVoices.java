package wavenet4j.notes.compose.voices;

import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Questions about voices, asked of their notes one by one.
final class PlainVoices {
    /// Ticks of a quarter.
    static final int QUARTER = 12;

    /// A note, in ticks.
    record Sung(int onset, int end, int key) {}

    private PlainVoices() {}

    static List<List<Sung>> of(Score score) {
        return score.parts().stream()
                .map(part ->
                        part.notes().stream()
                                .map(note ->
                                        new Sung(
                                                (int) (note.onset().toDouble() * QUARTER + 0.5),
                                                (int) (note.end().toDouble() * QUARTER + 0.5),
                                                note.key()))
                                .toList())
                .toList();
    }

    static List<Sung> all(List<List<Sung>> voices) {
        return voices.stream().flatMap(List::stream).toList();
    }

    /// How often two voices are a fifth or an octave apart, octaves in between or not, at two
    /// onsets of any voice in succession, both having gone the same way by as much.
    static int parallels(List<List<Sung>> voices) {
        var onsets = new TreeSet<Integer>();
        for (Sung note : all(voices)) onsets.add(note.onset());
        int parallels = 0;
        for (int onset : onsets.tailSet(onsets.isEmpty() ? 0 : onsets.first(), false)) {
            int before = onsets.lower(onset);
            for (int a = 0; a < voices.size(); a++) {
                for (int b = 0; b < a; b++) {
                    List<Integer> keys = new ArrayList<>();
                    for (int tick : new int[] {before, onset}) {
                        keys.addAll(keyAt(voices.get(a), tick));
                        keys.addAll(keyAt(voices.get(b), tick));
                    }
                    if (keys.size() < 4) continue; // one of them rests
                    int first = keys.get(0) - keys.get(1);
                    int second = keys.get(2) - keys.get(3);
                    boolean moves = !keys.get(0).equals(keys.get(2));
                    boolean perfect = Arrays.asList(0, 7).contains(Math.abs(first) % 12);
                    if (moves && first == second && perfect) parallels++;
                }
            }
        }
        return parallels;
    }

    private static List<Integer> keyAt(List<Sung> voice, int tick) {
        return voice.stream()
                .filter(note -> note.onset() <= tick && tick < note.end())
                .map(Sung::key)
                .toList();
    }
}
