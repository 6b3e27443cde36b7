package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.Request.Given;
import wavenet4j.notes.internal.Grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The notes and chord symbols of a given sheet that stay, exactly as they were written, in place
/// of what was composed in the same bars.
final class KeptEvents {
    private final Form form;
    private final Part part; // what is kept of the melody's
    private final List<ChordSymbol> symbols; // of the whole given sheet
    private final Score.Credits credits;
    private final Set<Integer> melodyBars;
    private final Set<Integer> chordBars;

    KeptEvents(Optional<Given> given, Form form) {
        this.form = form;
        melodyBars = given.map(Given::melody).orElse(Set.of());
        chordBars = given.map(Given::chords).orElse(Set.of());
        credits = given.map(of -> of.score().credits()).orElse(Score.Credits.NONE);
        symbols = given.map(of -> of.score().chords()).orElse(List.of());
        Part of = given.map(Given::part).orElse(new Part("Melody", 0, List.of()));
        part =
                new Part(
                        of.name(),
                        of.program(),
                        of.percussion(),
                        of.notes().stream().filter(note -> keepsMelody(note.onset())).toList(),
                        of.lyrics().stream().filter(lyric -> keepsMelody(lyric.onset())).toList(),
                        of.pedal().stream().filter(pedal -> keepsMelody(pedal.onset())).toList());
    }

    private boolean keepsMelody(Fraction onset) {
        return melodyBars.contains(bar(onset));
    }

    /// The part of a composed melody, with the kept notes in it.
    Part among(List<Note> composed) {
        var all = new ArrayList<Note>(part.notes());
        composed.stream().filter(note -> !keepsMelody(note.onset())).forEach(all::add);
        return part.withNotes(all);
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

    /// Of the given sheet; with nothing but a title where there is none.
    Score.Credits credits(String otherwise) {
        return credits.title().isEmpty()
                ? new Score.Credits(otherwise, credits.composer(), credits.rights())
                : credits;
    }

    /// The end of the sheet, and of the last kept note.
    Fraction end() {
        return part.notes().stream().map(Note::end).reduce(form.length(), Fraction::max);
    }

    /// From 0 at the beginning, a pickup included.
    private int bar(Fraction onset) {
        int first = form.pickup().sign() > 0 ? 1 : 0;
        return (int) onset.minus(form.pickup()).over(form.meter().length()).floor() + first;
    }
}
