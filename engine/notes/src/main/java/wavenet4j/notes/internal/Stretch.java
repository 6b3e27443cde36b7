package wavenet4j.notes.internal;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.List;

/// A stretch of regular bars of a score, in ticks. A score of which a section ends in the middle of
/// a bar, where no pickup completes it, has several.
///
/// @param begin from the beginning of the score
/// @param end likewise
/// @param start its beginning's place in the bar; not 0 after a pickup
public record Stretch(int begin, int end, int start) {
    /// Those of a score, one after the other.
    ///
    /// @param barTicks ticks of a whole bar
    public static List<Stretch> of(Score score, int barTicks) {
        var stretches = new ArrayList<Stretch>();
        List<Bar> bars = score.bars();
        int from = 0;
        for (int i = 1; i <= bars.size(); i++) {
            if (i < bars.size() && follows(bars, i, barTicks)) continue;
            stretches.add(of(bars.subList(from, i), barTicks));
            from = i;
        }
        return stretches;
    }

    /// Whether a bar goes on where the one before it ends: after a whole bar, or with what that one
    /// lacks.
    private static boolean follows(List<Bar> bars, int i, int barTicks) {
        Bar before = bars.get(i - 1);
        if (i == 1 && before.number() == 0) return true;
        int length = Grid.tick(before.length());
        if (length == barTicks) return true;
        int placed = length;
        // A short bar that itself completed the one before it, as a pickup does.
        if (i >= 2 && Grid.tick(bars.get(i - 2).length()) + length == barTicks) placed = barTicks;
        return placed == barTicks || placed + Grid.tick(bars.get(i).length()) == barTicks;
    }

    private static Stretch of(List<Bar> bars, int barTicks) {
        Bar first = bars.getFirst();
        boolean pickup = first.isShort() && bars.size() > 1;
        return new Stretch(
                Grid.tick(first.onset()),
                Grid.tick(bars.getLast().end()),
                pickup ? barTicks - Grid.tick(first.length()) : 0);
    }

    /// How long it is.
    public int length() {
        return end - begin;
    }
}
