package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Note;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.leadsheets.LeadSheet.ChordAt;
import wavenet4j.notes.compose.leadsheets.LeadSheet.Tone;
import wavenet4j.notes.internal.Grid;
import wavenet4j.notes.internal.Stretch;

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

    /// The stretches of regular bars of it.
    List<LeadSheet> read(List<Note> melody) {
        return Stretch.of(score, barTicks).stream()
                .map(stretch -> sheet(melody, stretch))
                .filter(sheet -> !sheet.tones().isEmpty())
                .toList();
    }

    private LeadSheet sheet(List<Note> melody, Stretch stretch) {
        int begin = stretch.begin();
        int end = stretch.end();
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
            rest(tones, filled, tick, stretch.start());
            Integer next = tops.higherKey(tick);
            int to = Grid.tick(top.getValue().end()) - begin;
            filled = Math.min(Math.min(to, end - begin), next == null ? to : next);
            tones.add(new Tone(tick, filled - tick, top.getValue().key() + shift));
        }
        rest(tones, filled, end - begin, stretch.start());
        return new LeadSheet(barTicks, stretch.start(), tones, chords(begin, end));
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
