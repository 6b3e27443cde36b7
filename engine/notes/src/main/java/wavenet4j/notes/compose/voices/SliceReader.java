package wavenet4j.notes.compose.voices;

import wavenet4j.notes.Note;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.voices.Slice.Tone;
import wavenet4j.notes.internal.Grid;
import wavenet4j.notes.internal.Stretch;
import wavenet4j.notes.statistics.Melody;
import wavenet4j.notes.statistics.VoiceLeading;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Brings the voices of a score onto the grid, as slices.
final class SliceReader {
    private final int shift;
    private final int barTicks;

    /// @param shift semitones up to C major or A minor
    SliceReader(int shift, int barTicks) {
        this.shift = shift;
        this.barTicks = barTicks;
    }

    /// The stretches of regular bars of a score in which a voice sounds.
    List<List<Slice>> read(Score score) {
        List<Melody> voices = VoiceLeading.voices(score);
        return Stretch.of(score, barTicks).stream()
                .filter(stretch -> stretch.length() > 0)
                .map(stretch -> slices(stretch, voices))
                .filter(slices -> slices.stream().anyMatch(slice -> !slice.sounding(_ -> false)))
                .toList();
    }

    /// A note in ticks, from the beginning of a stretch.
    private record Span(int from, int to, int key) {}

    private List<Slice> slices(Stretch stretch, List<Melody> voices) {
        List<NavigableMap<Integer, Span>> lines =
                voices.stream().map(voice -> spans(voice.notes(), stretch)).toList();
        var onsets = new TreeSet<Integer>();
        onsets.add(0);
        for (NavigableMap<Integer, Span> line : lines) onsets.addAll(line.keySet());
        var slices = new ArrayList<Slice>();
        for (int from : onsets) {
            Integer next = onsets.higher(from);
            int to = next == null ? stretch.length() : next;
            List<Tone> tones = lines.stream().map(line -> tone(line, from, to)).toList();
            slices.add(new Slice((stretch.start() + from) % barTicks, to - from, tones));
        }
        return slices;
    }

    /// The notes of a voice by their onsets.
    private NavigableMap<Integer, Span> spans(List<Note> notes, Stretch stretch) {
        var spans = new TreeMap<Integer, Span>();
        for (Note note : notes) {
            int from = Math.max(0, Grid.tick(note.onset()) - stretch.begin());
            int to = Math.min(stretch.length(), Grid.tick(note.end()) - stretch.begin());
            int key = note.key() + shift;
            if (from < to && key >= 0) spans.put(from, new Span(from, to, key));
        }
        return spans;
    }

    private static Tone tone(NavigableMap<Integer, Span> line, int from, int to) {
        var entry = line.floorEntry(from);
        if (entry == null || entry.getValue().to <= from) return Tone.SILENCE;
        Span span = entry.getValue();
        Integer next = line.higherKey(span.from);
        int end = next == null ? span.to : Math.min(next, span.to);
        return new Tone(span.key, Math.min(end, to) - from, span.from < from, end > to);
    }
}
