package wavenet4j.notes.grid;

import static wavenet4j.notes.grid.GridVocabulary.HOLD;
import static wavenet4j.notes.grid.GridVocabulary.NO_CHORD;
import static wavenet4j.notes.grid.GridVocabulary.REST;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.harmony.ChordFinder;
import wavenet4j.notes.harmony.MelodyFinder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes grids of scores.
public final class GridReader {
    private static final int MOST_TOKENS = 10_000_000;

    private final Score score;
    private final GridSteps steps;
    private final List<VoiceGrid.Lane> lanes = new ArrayList<>();
    private final List<int[]> tokens = new ArrayList<>();

    private int inLanes;
    private int onsetsMoved;
    private int endsMoved;
    private int covered;
    private int shortened;
    private int outOfRange;
    private int chordsSimplified;
    private int chordsLost;

    private GridReader(Score score, int stepsPerQuarter) {
        this.score = score;
        steps = GridSteps.until(score.end(), stepsPerQuarter, score.timeline());
    }

    /// A grid and what it lacks.
    public record GriddedScore(VoiceGrid grid, GridLosses losses) {}

    /// A lane for each voice of each part, in order; of notes at one time the highest is taken.
    /// Drums have no lane.
    ///
    /// @param stepsPerQuarter 4 for chorales, 12 where there are triplets and sixteenths
    /// @throws IllegalArgumentException when there are too many steps or lanes
    public static GriddedScore voices(Score score, int stepsPerQuarter) {
        var reader = new GridReader(score, stepsPerQuarter);
        for (Part part : score.parts()) {
            if (part.percussion()) continue;
            var voices = new TreeMap<Integer, List<Note>>();
            for (Note note : part.notes()) {
                voices.computeIfAbsent(note.voice(), _ -> new ArrayList<>()).add(note);
            }
            voices.values().forEach(notes -> reader.addVoice(part, notes));
        }
        return reader.done(stepsPerQuarter);
    }

    /// A lane of chords, then one of the melody that [MelodyFinder] finds. Where a score has no
    /// chord symbols they are those that [ChordFinder] finds.
    ///
    /// @param stepsPerQuarter 4 for chorales, 12 where there are triplets and sixteenths
    /// @throws IllegalArgumentException when there are too many steps or lanes
    public static GriddedScore leadSheet(Score score, int stepsPerQuarter) {
        var reader = new GridReader(score, stepsPerQuarter);
        reader.addChords(score.chords().isEmpty() ? ChordFinder.find(score) : score.chords());
        MelodyFinder.find(score)
                .map(melody -> score.parts().get(melody.part()))
                .ifPresentOrElse(
                        part -> reader.addVoice(part, part.notes()),
                        () -> reader.addVoice(new Part("", 0, List.of()), List.of()));
        return reader.done(stepsPerQuarter);
    }

    private GriddedScore done(int stepsPerQuarter) {
        int notes = 0;
        int graces = 0;
        for (Part part : score.parts()) {
            int graced = (int) part.notes().stream().filter(Note::isGrace).count();
            graces += graced;
            notes += part.notes().size() - graced;
        }
        return new GriddedScore(
                new VoiceGrid(
                        stepsPerQuarter, score.timeline(), lanes, tokens.toArray(int[][]::new)),
                new GridLosses(
                        notes,
                        onsetsMoved,
                        endsMoved,
                        covered,
                        shortened,
                        outOfRange,
                        notes - inLanes,
                        graces,
                        chordsSimplified,
                        chordsLost));
    }

    private void addVoice(Part part, List<Note> notes) {
        List<Note> sounding = notes.stream().filter(note -> !note.isGrace()).toList();
        for (Note note : sounding) {
            if (!steps.has(note.onset())) onsetsMoved++;
            if (!steps.has(note.end())) endsMoved++;
        }
        List<Note> playable =
                sounding.stream().filter(note -> GridVocabulary.hasKey(note.key())).toList();
        inLanes += sounding.size();
        outOfRange += sounding.size() - playable.size();
        if ((tokens.size() + 1L) * steps.size() > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "a grid of %,d steps with more than %,d lanes is too large; leave out parts"
                            .formatted(steps.size(), tokens.size()));
        }
        var lane = new int[steps.size()];
        Arrays.fill(lane, REST);
        List<Note> line = MelodyFinder.topLine(playable);
        var whole = new HashSet<>(playable);
        for (Note note : line) {
            if (!whole.contains(note)) shortened++;
        }
        var kept = new TreeMap<Integer, Note>();
        for (Note note : line) {
            int step = Math.min(steps.nearest(note.onset()), steps.size() - 1);
            kept.merge(step, note, (a, b) -> a.length().compareTo(b.length()) >= 0 ? a : b);
        }
        covered += playable.size() - kept.size();
        kept.forEach((step, note) -> {
            Integer next = kept.higherKey(step);
            int end = Math.max(step + 1, steps.nearest(note.end()));
            Arrays.fill(lane, step, next == null ? end : Math.min(next, end), HOLD);
            lane[step] = GridVocabulary.ofKey(note.key());
        });
        lanes.add(new VoiceGrid.Lane(part.name(), part.program(), false));
        tokens.add(lane);
    }

    private void addChords(List<ChordSymbol> symbols) {
        var lane = new int[steps.size()];
        Arrays.fill(lane, HOLD);
        var kept = new TreeMap<Integer, ChordSymbol>();
        for (ChordSymbol symbol : symbols) {
            int step = steps.nearest(symbol.onset());
            if (step == steps.size() || kept.put(step, symbol) != null) chordsLost++;
        }
        if (lane.length > 0) lane[0] = NO_CHORD;
        for (Map.Entry<Integer, ChordSymbol> entry : kept.entrySet()) {
            lane[entry.getKey()] = entry.getValue().chord().map(this::token).orElse(NO_CHORD);
        }
        lanes.add(new VoiceGrid.Lane("chords", 0, true));
        tokens.add(lane);
    }

    private int token(Chord chord) {
        int token = GridVocabulary.ofChord(chord);
        if (!GridVocabulary.chord(token, 0).kind().equals(chord.kind())
                || !chord.degrees().isEmpty()
                || chord.bass().isPresent()) {
            chordsSimplified++;
        }
        return token;
    }
}
