package wavenet4j.notes.compose.leadsheets;

import org.jspecify.annotations.Nullable;

import wavenet4j.notes.compose.Request.Given;
import wavenet4j.notes.compose.leadsheets.LeadSheet.ChordAt;
import wavenet4j.notes.compose.leadsheets.LeadSheet.Tone;
import wavenet4j.notes.markov.TimeWeight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What of a sheet stands already, tick by tick: a tone that begins in a kept bar is kept with all
/// of its length, and so is a chord, to the end of the kept bar.
final class GivenSheet {
    private final int start;
    private final int barTicks;
    private final @Nullable Tone[] tones; // the tone that is kept, of each of its ticks
    private final @Nullable RelativeChord[] chords;

    private GivenSheet(
            int start, int barTicks, @Nullable Tone[] tones, @Nullable RelativeChord[] chords) {
        this.start = start;
        this.barTicks = barTicks;
        this.tones = tones;
        this.chords = chords;
    }

    /// Of a request's given score.
    ///
    /// @param shift semitones up to C major or A minor
    /// @param length of the sheet to compose, in ticks
    static GivenSheet of(Given given, int shift, int barTicks, int length) {
        LeadSheet sheet =
                new SheetReader(given.score(), shift, barTicks)
                        .read(given.part().notes())
                        .getFirst();
        int start = sheet.start();
        var tones = new @Nullable Tone[length];
        var chords = new @Nullable RelativeChord[length];
        for (Tone tone : sheet.tones()) {
            if (!given.melody().contains((start + tone.tick()) / barTicks)) continue;
            for (int tick = tone.tick(); tick < Math.min(tone.end(), length); tick++) {
                tones[tick] = tone;
            }
        }
        int from = sheet.chords().isEmpty() ? length : sheet.chords().getFirst().tick();
        for (int tick = from; tick < Math.min(length, sheet.length()); tick++) {
            if (given.chords().contains((start + tick) / barTicks)) {
                chords[tick] = sheet.chordAt(tick);
            }
        }
        return new GivenSheet(start, barTicks, tones, chords);
    }

    /// Whether all chords are given, from within the first bar to the end.
    boolean hasAllChords() {
        int from = 0;
        while (from < chords.length && chords[from] == null) from++;
        return from < Math.min(barTicks, chords.length)
                && Arrays.stream(chords, from, chords.length).allMatch(Objects::nonNull);
    }

    /// The same without its chords.
    GivenSheet melodyAlone() {
        return new GivenSheet(start, barTicks, tones, new @Nullable RelativeChord[chords.length]);
    }

    /// How well tokens fit the chords that are given.
    TimeWeight fit(ChordFit fit, List<LeadSheetToken> tokens) {
        return (tick, number) -> {
            LeadSheetToken token = tokens.get(number);
            double weight = 1;
            RelativeChord before = RelativeChord.NONE;
            for (int i = tick - start; i < tick - start + token.length(); i++) {
                RelativeChord chord = chords[i];
                if (chord == null || chord.equals(before)) continue;
                weight *= fit.weight(token.pitch(), chord);
                before = chord;
            }
            return weight;
        };
    }

    /// Whether a token agrees with what is given.
    TimeWeight.Filter filter(List<LeadSheetToken> tokens) {
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
