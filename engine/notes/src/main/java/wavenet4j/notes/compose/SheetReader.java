package wavenet4j.notes.compose;

import wavenet4j.notes.Bar;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Note;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.LeadSheet.ChordAt;
import wavenet4j.notes.compose.LeadSheet.Tone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Brings the melody and the chords of a score onto the grid of lead sheets. Where notes of the
/// melody overlap, the one that begins last sounds, and of those the highest.
final class SheetReader {
    private final Score score;
    private final int shift;
    private final int barTicks;

    /// @param shift semitones up to C major or A minor
    SheetReader(Score score, int shift, int barTicks) {
        this.score = score;
        this.shift = shift;
        this.barTicks = barTicks;
    }

    /// The stretches of regular bars of it: a score of which a section ends in the middle of a bar,
    /// where no pickup completes it, has several.
    List<LeadSheet> read(List<Note> melody) {
        var sheets = new ArrayList<LeadSheet>();
        List<Bar> bars = score.bars();
        int from = 0;
        for (int i = 1; i <= bars.size(); i++) {
            if (i < bars.size() && follows(bars, i)) continue;
            sheets.add(stretch(melody, bars.subList(from, i)));
            from = i;
        }
        return sheets.stream().filter(sheet -> !sheet.tones().isEmpty()).toList();
    }

    /// Whether a bar goes on where the one before it ends: after a whole bar, or with what that one
    /// lacks.
    private boolean follows(List<Bar> bars, int i) {
        Bar before = bars.get(i - 1);
        if (i == 1 && before.number() == 0) return true;
        int length = Grid.tick(before.length());
        if (length == barTicks) return true;
        int placed = length;
        // A short bar that itself completed the one before it, as a pickup does.
        if (i >= 2 && Grid.tick(bars.get(i - 2).length()) + length == barTicks) placed = barTicks;
        return placed == barTicks || placed + Grid.tick(bars.get(i).length()) == barTicks;
    }

    private LeadSheet stretch(List<Note> melody, List<Bar> bars) {
        int begin = Grid.tick(bars.getFirst().onset());
        int end = Grid.tick(bars.getLast().end());
        boolean pickup = bars.getFirst().isShort() && bars.size() > 1;
        int start = pickup ? barTicks - Grid.tick(bars.getFirst().length()) : 0;
        var tops = new TreeMap<Integer, Note>(); // the highest note that begins at a tick
        for (Note note : melody) {
            int tick = Grid.tick(note.onset());
            if (tick < begin || tick >= end || Grid.tick(note.end()) <= tick) continue;
            tops.merge(tick - begin, note, (one, other) -> one.key() > other.key() ? one : other);
        }
        var tones = new ArrayList<Tone>();
        int filled = 0;
        for (Map.Entry<Integer, Note> top : tops.entrySet()) {
            int tick = top.getKey();
            rest(tones, filled, tick, start);
            Integer next = tops.higherKey(tick);
            int to = Grid.tick(top.getValue().end()) - begin;
            filled = Math.min(Math.min(to, end - begin), next == null ? to : next);
            tones.add(new Tone(tick, filled - tick, top.getValue().key() + shift));
        }
        rest(tones, filled, end - begin, start);
        return new LeadSheet(barTicks, start, tones, chords(begin, end));
    }

    /// Rests up to a tick, one in each bar.
    private void rest(List<Tone> tones, int from, int to, int start) {
        while (from < to) {
            int barLine = from + barTicks - (start + from) % barTicks;
            int until = Math.min(to, barLine);
            tones.add(new Tone(from, until - from, Tone.REST));
            from = until;
        }
    }

    private List<ChordAt> chords(int begin, int end) {
        var chords = new ArrayList<ChordAt>();
        for (ChordSymbol symbol : score.chords()) {
            int tick = Grid.tick(symbol.onset());
            if (tick >= end) break;
            RelativeChord chord = RelativeChord.of(symbol, shift);
            if (!chords.isEmpty() && chords.getLast().tick() >= tick - begin) chords.removeLast();
            if (tick < begin && !chords.isEmpty()) chords.removeLast();
            if (!chords.isEmpty() && chords.getLast().chord().equals(chord)) continue;
            chords.add(new ChordAt(Math.max(0, tick - begin), chord));
        }
        return chords;
    }
}
