package wavenet4j.notes.compose.voices;

import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.voices.Slice.Tone;
import wavenet4j.notes.internal.Grid;

import java.util.ArrayList;
import java.util.List;

/// Makes a score of slices, a part of each voice.
final class VoicesWriter {
    private static final List<String> FOUR = List.of("Soprano", "Alto", "Tenor", "Bass");
    private static final int CHOIR = 52;
    private static final int VELOCITY = 80;

    private VoicesWriter() {}

    static Score score(List<Slice> slices, Form form, String title) {
        int voices = slices.getFirst().tones().size();
        var parts = new ArrayList<Part>();
        for (int voice = 0; voice < voices; voice++) {
            String name = voices == FOUR.size() ? FOUR.get(voice) : "Voice " + (voice + 1);
            parts.add(new Part(name, CHOIR, notes(slices, voice, form)));
        }
        return new Score(
                new Score.Credits(title, "", ""),
                form.timeline(),
                List.of(),
                parts,
                List.of(),
                form.length());
    }

    private static List<Note> notes(List<Slice> slices, int voice, Form form) {
        var notes = new ArrayList<Note>();
        int tick = 0;
        int onset = 0;
        for (Slice slice : slices) {
            Tone tone = slice.tones().get(voice);
            // At the beginning, nothing was held.
            if (!tone.held() || tick == 0) onset = tick;
            if (!tone.isRest() && !tone.goesOn()) {
                int key = tone.key() - form.shift();
                notes.add(
                        new Note(
                                Grid.quarters(onset),
                                Grid.quarters(tick + tone.length() - onset),
                                key,
                                PitchName.of(key, form.key().sharps()),
                                VELOCITY,
                                1));
            }
            tick += slice.length();
        }
        return notes;
    }
}
