package wavenet4j.notes.grid;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A score as lanes of tokens, one a step: each lane is a voice, one note at a time, or the chord
/// symbols. Steps are anchored at bar lines.
public final class VoiceGrid {
    public static final int MOST_STEPS_PER_QUARTER = 96;

    /// Of the notes that a grid is played with, since tokens have none.
    private static final int VELOCITY = 80;

    /// A row of a grid.
    ///
    /// @param program of General MIDI, from 0
    /// @param chords whether it holds chord symbols, not notes
    public record Lane(String name, int program, boolean chords) {}

    private final int stepsPerQuarter;
    private final Timeline timeline;
    private final List<Lane> lanes;
    private final int[][] tokens;

    /// A grid of tokens, as a model may have made them.
    ///
    /// @param timeline whose bars the steps divide
    /// @param tokens `[lanes][steps]` of [GridVocabulary]
    /// @throws IllegalArgumentException when there are tokens of more or fewer lanes, or lanes of
    ///   different lengths
    public VoiceGrid(int stepsPerQuarter, Timeline timeline, List<Lane> lanes, int[][] tokens) {
        this.stepsPerQuarter = stepsPerQuarter;
        this.timeline = timeline;
        this.lanes = List.copyOf(lanes);
        this.tokens = Arrays.stream(tokens).map(int[]::clone).toArray(int[][]::new);
        if (lanes.size() != tokens.length) {
            throw new IllegalArgumentException(
                    "there are tokens of %d lanes for %d lanes"
                            .formatted(tokens.length, lanes.size()));
        }
        for (int[] lane : tokens) {
            if (lane.length != steps()) {
                throw new IllegalArgumentException(
                        "lanes have %d and %d steps".formatted(steps(), lane.length));
            }
        }
    }

    /// A grid of a sequence as [#sequence] has it, up to its first END or its end. A last step that
    /// is not whole is left out.
    ///
    /// @param lanes at least one
    /// @param sequence tokens step by step, of every lane in order
    public static VoiceGrid ofSequence(
            int stepsPerQuarter, Timeline timeline, List<Lane> lanes, int[] sequence) {
        int length = 0;
        while (length < sequence.length && sequence[length] != GridVocabulary.END) length++;
        int steps = length / lanes.size();
        var tokens = new int[lanes.size()][steps];
        for (int i = 0; i < steps * lanes.size(); i++) {
            tokens[i % lanes.size()][i / lanes.size()] = sequence[i];
        }
        return new VoiceGrid(stepsPerQuarter, timeline, lanes, tokens);
    }

    public int stepsPerQuarter() {
        return stepsPerQuarter;
    }

    public Timeline timeline() {
        return timeline;
    }

    public List<Lane> lanes() {
        return lanes;
    }

    public int steps() {
        return tokens.length == 0 ? 0 : tokens[0].length;
    }

    public int token(int lane, int step) {
        return tokens[lane][step];
    }

    /// All tokens step by step, of every lane in order, and END.
    public int[] sequence() {
        var sequence = new int[lanes.size() * steps() + 1];
        for (int i = 0; i + 1 < sequence.length; i++) {
            sequence[i] = tokens[i % lanes.size()][i / lanes.size()];
        }
        sequence[sequence.length - 1] = GridVocabulary.END;
        return sequence;
    }

    /// The score that a grid says. What makes no sense in a lane is silence: a chord among notes, a
    /// HOLD of nothing. Its last step is whole, though the score that the grid was made from may
    /// end within it.
    ///
    /// @throws IllegalArgumentException when there are more than a million steps
    public Score toScore() {
        GridSteps steps = GridSteps.count(steps(), stepsPerQuarter, timeline);
        var parts = new ArrayList<Part>();
        var chords = new ArrayList<ChordSymbol>();
        for (int i = 0; i < tokens.length; i++) {
            Lane lane = lanes.get(i);
            if (lane.chords) chords.addAll(chords(tokens[i], steps));
            else parts.add(new Part(lane.name, lane.program, notes(tokens[i], steps)));
        }
        Fraction end = steps.onset(steps());
        return new Score(Score.Credits.NONE, timeline, chords, parts, List.of(), end);
    }

    private List<Note> notes(int[] lane, GridSteps steps) {
        var notes = new ArrayList<Note>();
        int step = 0;
        while (step < lane.length) {
            int start = step++;
            if (!GridVocabulary.isKey(lane[start])) continue;
            while (step < lane.length && lane[step] == GridVocabulary.HOLD) step++;
            Fraction onset = steps.onset(start);
            int key = GridVocabulary.key(lane[start]);
            PitchName name = PitchName.of(key, timeline.keyAt(onset).sharps());
            notes.add(new Note(onset, steps.onset(step).minus(onset), key, name, VELOCITY, 1));
        }
        return notes;
    }

    private List<ChordSymbol> chords(int[] lane, GridSteps steps) {
        var chords = new ArrayList<ChordSymbol>();
        for (int step = 0; step < lane.length; step++) {
            Fraction onset = steps.onset(step);
            if (GridVocabulary.isChord(lane[step])) {
                int sharps = timeline.keyAt(onset).sharps();
                var chord = GridVocabulary.chord(lane[step], sharps);
                chords.add(new ChordSymbol(onset, Optional.of(chord)));
            } else if (lane[step] == GridVocabulary.NO_CHORD) {
                chords.add(new ChordSymbol(onset, Optional.empty()));
            }
        }
        return chords;
    }
}
