package wavenet4j.notes.counts;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.statistics.Melody;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Voices on a grid of sixteenths as choices, voice by voice from the first part down: whether a
/// note begins, or a rest, and if so, which key.
final class VoiceChoices {
    static final int VOICES = 4;

    /// By kind: whether each voice moves, then where to.
    static final int[] TOKENS = {2, 2, 2, 2, 129, 129, 129, 129};

    private static final int MOST_SIXTEENTHS = 1_000_000;
    private static final int REST = 128;
    private static final int BEFORE = 129;

    /// By sixteenth and voice.
    private final int[][] keys;

    private final boolean[][] begins;

    /// How many sixteenths since it began, counting this one.
    private final int[][] lasted;

    /// In its bar, by sixteenth.
    private final int[] place;

    /// In sixteenths.
    private final int barLength;

    private VoiceChoices(Score score) {
        if (score.parts().size() != VOICES) {
            throw new IllegalArgumentException(
                    "a score of %d parts is not one of four voices"
                            .formatted(score.parts().size()));
        }
        int length = (int) score.end().times(4).round();
        if (length > MOST_SIXTEENTHS) {
            throw new IllegalArgumentException(
                    "a score of %,d sixteenths is longer than the %,d that are counted"
                            .formatted(length, MOST_SIXTEENTHS));
        }
        keys = new int[length][VOICES];
        begins = new boolean[length][VOICES];
        lasted = new int[length][VOICES];
        for (int[] step : keys) Arrays.fill(step, REST);
        for (int voice = 0; voice < VOICES; voice++) fill(voice, score);
        place = new int[length];
        for (int t = 0; t < length; t++) {
            place[t] = (int) score.timeline().placeInBar(Fraction.of(t, 4)).times(4).floor();
            for (int voice = 0; voice < VOICES; voice++) {
                begins[t][voice] |= t == 0 || keys[t][voice] != keys[t - 1][voice];
                lasted[t][voice] = begins[t][voice] ? 1 : lasted[t - 1][voice] + 1;
            }
        }
        Meter meter = score.timeline().meterAt(score.end());
        // A shorter bar ago would be now.
        barLength = (int) Math.max(1, meter.length().times(4).round());
    }

    private void fill(int voice, Score score) {
        Part part = score.parts().get(voice);
        for (Note note : new Melody(part.name(), part.notes(), score.timeline()).notes()) {
            int from = (int) note.onset().times(4).round();
            int to = Math.min((int) note.end().times(4).round(), keys.length);
            for (int t = from; t < to; t++) keys[t][voice] = note.key();
            if (from < to) begins[from][voice] = true;
        }
    }

    static List<Choice> of(Score score) {
        var voices = new VoiceChoices(score);
        var choices = new ArrayList<Choice>();
        for (int t = 0; t < voices.keys.length; t++) {
            for (int voice = 0; voice < VOICES; voice++) {
                boolean begins = voices.begins[t][voice];
                choices.add(new Choice(voice, begins ? 1 : 0, voices.whether(t, voice)));
                if (!begins) continue;
                int key = voices.keys[t][voice];
                choices.add(new Choice(VOICES + voice, key, voices.where(t, voice)));
            }
        }
        return choices;
    }

    private int key(int t, int voice) {
        return t < 0 ? BEFORE : keys[t][voice];
    }

    /// Up to a length, which stands for all longer ones.
    private int lasted(int t, int voice, int most) {
        return t < 0 ? 0 : Math.min(lasted[t][voice], most);
    }

    /// The voices above that begin a note now, as bits.
    private int movedAbove(int t, int voice) {
        int bits = 0;
        for (int v = 0; v < voice; v++) bits = 2 * bits + (begins[t][v] ? 1 : 0);
        return bits;
    }

    private int moved(int t, int voice) {
        return t < 0 ? 2 : begins[t][voice] ? 1 : 0;
    }

    private int allMoved(int t) {
        return t < 0 ? -1 : movedAbove(t, VOICES);
    }

    /// The pitch classes of the first voices above that of a key, as bits.
    private int chord(int t, int voices, int base) {
        int bits = 0;
        for (int v = 0; v < voices && t >= 0; v++) {
            if (keys[t][v] != REST) bits |= 1 << Math.floorMod(keys[t][v] - base, 12);
        }
        return bits;
    }

    private static int pitchClass(int key) {
        return key >= REST ? key : key % 12;
    }

    /// The key of the voice so many changes of key before t.
    private int earlier(int t, int voice, int changes) {
        int at = t;
        for (int i = 0; i < changes && at >= 0; i++) {
            int key = keys[at][voice];
            while (at >= 0 && keys[at][voice] == key) at--;
        }
        return key(at, voice);
    }

    private int[][] whether(int t, int voice) {
        int above = movedAbove(t, voice);
        int last = t - 1;
        int held = lasted(last, voice, 17);
        int own = key(last, voice);
        int chord = chord(t, voice, own);
        int soprano = voice == 0 ? 0 : keys[t][0] - own;
        int history = 0;
        for (int i = 1; i <= 8; i++) history = 3 * history + moved(t - i, voice);
        return new int[][] {
            {above, place[t] % 4, chord, Math.min(held, 5), key(last, 3) - own},
            {above, place[t] % 4, held, soprano, place[t]},
            {above, place[t], held, allMoved(last), own},
            {above, place[t] % 8, history, allMoved(last)},
            {
                above,
                held,
                place[t] % 4,
                lasted(last, 0, 9),
                lasted(last, 1, 9),
                lasted(last, 2, 9),
                lasted(last, 3, 9)
            },
            {above, place[t], held, moved(t - barLength, voice), moved(t - 2 * barLength, voice)},
        };
    }

    private int[][] where(int t, int voice) {
        int last = t - 1;
        int own = key(last, voice);
        int before = earlier(last, voice, 1);
        int earlier = earlier(last, voice, 2);
        int beat = place[t] % 4;
        int bass = pitchClass(key(last, 3));
        int sounded = chord(last, VOICES, 0);
        if (voice == 0) {
            return new int[][] {
                {own, before, place[t], earlier, lasted(last, 0, 8)},
                {own, sounded, beat, before},
                {own, key(last, 3), beat, key(last, 1), key(last, 2)},
            };
        }
        int chord = chord(t, voice, 0);
        int above = key(t, voice - 1);
        int soprano = key(t, 0);
        int moved = movedAbove(t, voice);
        return new int[][] {
            {own, chord, sounded, beat, moved},
            {own, chord, moved, beat, before, bass},
            {above, soprano, key(t, Math.min(1, voice - 1)), own, moved},
            {own, sounded, above, soprano, before},
            {own, above, moved, before, beat, key(last, 3)},
            {own, before, above, beat, soprano, earlier},
        };
    }
}
