package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.Request.Given;
import wavenet4j.notes.internal.Grid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The notes and chord symbols of a given sheet that stay, exactly as they were written, in place
/// of what was composed in the same bars.
final class KeptEvents {
    private final Form form;
    private final List<Note> notes; // those kept
    private final List<ChordSymbol> symbols; // of the whole given sheet
    private final Set<Integer> melodyBars;
    private final Set<Integer> chordBars;

    KeptEvents(Optional<Given> given, Form form) {
        this.form = form;
        melodyBars = given.map(Given::melody).orElse(Set.of());
        chordBars = given.map(Given::chords).orElse(Set.of());
        symbols = given.map(of -> of.score().chords()).orElse(List.of());
        notes =
                given.stream()
                        .flatMap(of -> of.melodyNotes().stream())
                        .filter(note -> melodyBars.contains(bar(note.onset())))
                        .toList();
    }

    /// A composed melody with the kept notes in it.
    List<Note> among(List<Note> composed) {
        var all = new ArrayList<Note>(notes);
        for (Note note : composed) {
            if (!melodyBars.contains(bar(note.onset()))) all.add(note);
        }
        all.sort(Comparator.naturalOrder());
        return all;
    }

    /// Composed chord symbols with the kept ones in them. Where a kept chord began in a bar that
    /// was composed anew, it is written where the kept bar begins.
    List<ChordSymbol> amongChords(List<ChordSymbol> composed) {
        var all = new TreeMap<Integer, ChordSymbol>(); // by tick
        for (ChordSymbol symbol : composed) {
            boolean kept = chordBars.contains(bar(symbol.onset()));
            all.put(Grid.tick(symbol.onset()), kept ? sounding(symbol) : symbol);
        }
        for (ChordSymbol symbol : symbols) {
            if (chordBars.contains(bar(symbol.onset()))) {
                all.put(Grid.tick(symbol.onset()), symbol);
            }
        }
        return List.copyOf(all.values());
    }

    /// What the given sheet has at a symbol's time.
    private ChordSymbol sounding(ChordSymbol at) {
        ChordSymbol sounding = at;
        for (ChordSymbol symbol : symbols) {
            if (symbol.onset().compareTo(at.onset()) <= 0) sounding = symbol;
        }
        return new ChordSymbol(at.onset(), sounding.chord());
    }

    /// The end of the sheet, and of the last kept note.
    Fraction end() {
        return notes.stream().map(Note::end).reduce(form.length(), Fraction::max);
    }

    /// From 0 at the beginning, a pickup included.
    private int bar(Fraction onset) {
        int first = form.pickup().sign() > 0 ? 1 : 0;
        return (int) onset.minus(form.pickup()).over(form.meter().length()).floor() + first;
    }
}
