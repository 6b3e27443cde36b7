package wavenet4j.notes.musicxml.internal.writing;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.internal.Remarks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The syllables of a part, each for the first note at its onset; where none begins, for what of a
/// note or a rest does.
final class Syllables {
    private final Map<Fraction, List<Part.Lyric>> left;
    private final Set<Fraction> notes;
    private final Set<Part.Lyric> inWords = new HashSet<>();
    private final Remarks remarks;

    Syllables(Part part, Remarks remarks) {
        this.remarks = remarks;
        left = part.lyrics().stream().collect(Collectors.groupingBy(Part.Lyric::onset));
        notes =
                part.notes().stream()
                        .filter(note -> !note.isGrace())
                        .map(Note::onset)
                        .collect(Collectors.toSet());
        var goesOn = new HashMap<Integer, Boolean>();
        for (Part.Lyric lyric : part.lyrics()) {
            if (goesOn.getOrDefault(lyric.verse(), false)) inWords.add(lyric);
            goesOn.put(lyric.verse(), lyric.text().endsWith("-"));
        }
    }

    /// Where no note begins.
    Set<Fraction> betweenNotes() {
        var between = new HashSet<>(left.keySet());
        between.removeAll(notes);
        return between;
    }

    /// Adds the syllables at an onset to the note that begins there, or to what does if none does.
    void write(org.audiveris.proxymusic.Note element, Fraction onset, boolean begins) {
        if (!begins && notes.contains(onset)) return;
        List<Part.Lyric> here = left.remove(onset);
        if (here == null) return;
        for (Part.Lyric lyric : here) NoteElements.lyric(element, lyric, inWords.contains(lyric));
    }

    /// Counts those after the last bar.
    void endPart() {
        for (List<Part.Lyric> lyrics : left.values()) {
            lyrics.forEach(_ -> remarks.happened("syllable", "after the last bar, and left out"));
        }
    }
}
