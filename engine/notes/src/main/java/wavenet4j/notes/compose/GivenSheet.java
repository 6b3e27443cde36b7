package wavenet4j.notes.compose;

import org.jspecify.annotations.Nullable;

import wavenet4j.notes.compose.LeadSheet.ChordAt;
import wavenet4j.notes.compose.LeadSheet.Tone;
import wavenet4j.notes.markov.TimeFilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What of a sheet stands already, tick by tick: a tone that begins in a kept bar is kept with all
/// of its length, and so is a chord, to the end of the kept bar.
final class GivenSheet {
    private final int start;
    private final @Nullable Tone[] tones; // the tone that is kept, of each of its ticks
    private final @Nullable RelativeChord[] chords;

    /// @param length of the sheet to compose, in ticks
    /// @param keptMelody the bars in which tones are kept, counted from 0, a pickup included
    /// @param keptChords those in which chords are
    GivenSheet(LeadSheet given, int length, Set<Integer> keptMelody, Set<Integer> keptChords) {
        start = given.start();
        tones = new Tone[length];
        chords = new RelativeChord[length];
        for (Tone tone : given.tones()) {
            int bar = (start + tone.tick()) / given.barTicks();
            if (!keptMelody.contains(bar)) continue;
            for (int tick = tone.tick(); tick < Math.min(tone.end(), length); tick++) {
                tones[tick] = tone;
            }
        }
        int from = given.chords().isEmpty() ? length : given.chords().getFirst().tick();
        for (int tick = from; tick < Math.min(length, given.length()); tick++) {
            int bar = (start + tick) / given.barTicks();
            if (keptChords.contains(bar)) chords[tick] = given.chordAt(tick);
        }
    }

    /// Whether a token agrees with what is given.
    TimeFilter filter(List<LeadSheetToken> tokens) {
        return (tick, token) -> agrees(tick - start, tokens.get(token));
    }

    private boolean agrees(int tick, LeadSheetToken token) {
        Tone tone = tones[tick];
        if (tone != null && !(tone.tick() == tick && sounds(tone, token))) return false;
        for (int i = 0; i < token.length(); i++) {
            if (tone == null && tones[tick + i] != null) return false;
            RelativeChord chord = chords[tick + i];
            if (chord != null && !chord.equals(token.chordAt(i))) return false;
        }
        return true;
    }

    private static boolean sounds(Tone tone, LeadSheetToken token) {
        return tone.pitch() == token.pitch() && tone.length() == token.length();
    }

    /// Gives a style the tokens without which what is given could not be said: its tones, with
    /// every chord of the style where theirs is free, and every note of the style with the chords
    /// that are given where it can begin.
    void addTokens(LeadSheetStyle style) {
        Set<RelativeChord> known = style.chords();
        List<LeadSheetToken> notes = style.tokens();
        for (int tick = 0; tick < tones.length; tick++) {
            int slot = (start + tick) % style.barTicks();
            Tone tone = tones[tick];
            RelativeChord given = chords[tick];
            if (tone != null && tone.tick() == tick) {
                for (RelativeChord chord : known) {
                    style.admit(token(tick, slot, tone.length(), tone.pitch(), chord), true);
                }
            } else if (tone == null && given != null) {
                for (LeadSheetToken note : notes) {
                    if (note.slot() != slot || tick + note.length() > tones.length) continue;
                    style.admit(token(tick, slot, note.length(), note.pitch(), given), false);
                }
            }
        }
    }

    /// A note at a tick, with the chords that are given there and another one where none is.
    private LeadSheetToken token(
            int tick, int slot, int length, int pitch, RelativeChord whereFree) {
        var sounding = new ArrayList<ChordAt>();
        for (int i = 0; i < length; i++) {
            RelativeChord given = tick + i < chords.length ? chords[tick + i] : null;
            RelativeChord chord = given == null ? whereFree : given;
            if (sounding.isEmpty() || !sounding.getLast().chord().equals(chord)) {
                sounding.add(new ChordAt(i, chord));
            }
        }
        return new LeadSheetToken(pitch, length, slot, sounding);
    }
}
