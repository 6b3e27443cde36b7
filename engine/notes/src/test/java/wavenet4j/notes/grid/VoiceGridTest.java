package wavenet4j.notes.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.grid.GridReader.GriddedScore;
import wavenet4j.notes.harmony.ChordText;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

final class VoiceGridTest {
    private static final int C4 = GridVocabulary.ofKey(60);
    private static final int HOLD = GridVocabulary.HOLD;
    private static final int REST = GridVocabulary.REST;

    private static Note note(String onset, String length, int key, int voice) {
        return new Note(fraction(onset), fraction(length), key, PitchName.of(key, 0), 80, voice);
    }

    private static Fraction fraction(String text) {
        String[] halves = (text + "/1").split("/", -1);
        return Fraction.of(Long.parseLong(halves[0]), Long.parseLong(halves[1]));
    }

    private static Score score(
            Timeline timeline, List<ChordSymbol> chords, int end, Part... parts) {
        return new Score(
                Score.Credits.NONE, timeline, chords, List.of(parts), List.of(), Fraction.of(end));
    }

    private static List<Integer> lane(VoiceGrid grid, int lane) {
        return IntStream.range(0, grid.steps()).mapToObj(step -> grid.token(lane, step)).toList();
    }

    @Test
    void aScoreOnTheGridComesBackAsItWas() {
        var timeline =
                new Timeline(
                        List.of(
                                new Meter(Fraction.ZERO, 3, 4),
                                new Meter(Fraction.ONE, 3, 4),
                                new Meter(Fraction.of(7), 6, 8)),
                        List.of(),
                        List.of(new KeySignature(Fraction.ZERO, 0, false)));
        var soprano =
                new Part(
                        "S",
                        0,
                        List.of(
                                note("0", "1", 60, 1),
                                note("1", "3/2", 64, 1),
                                note("5/2", "1/2", 64, 1),
                                note("4", "6", 67, 1)));
        var bass = new Part("B", 32, List.of(note("1/4", "3/4", 48, 1), note("9", "1", 43, 1)));
        Score score = score(timeline, List.of(), 10, soprano, bass);
        GriddedScore gridded = GridReader.voices(score, 4);
        assertThat(gridded.losses().remarks()).isEmpty();
        assertThat(gridded.grid().steps()).isEqualTo(40);
        assertThat(gridded.grid().toScore()).isEqualTo(score);
        VoiceGrid again =
                VoiceGrid.ofSequence(
                        4, timeline, gridded.grid().lanes(), gridded.grid().sequence());
        assertThat(again.toScore()).isEqualTo(score);
    }

    @Test
    void tokensAreKeysHoldsAndRests() {
        var part = new Part("", 0, List.of(note("0", "1", 60, 1), note("3/2", "1/2", 62, 1)));
        VoiceGrid grid = GridReader.voices(score(Timeline.DEFAULT, List.of(), 2, part), 2).grid();
        assertThat(lane(grid, 0)).containsExactly(C4, HOLD, REST, C4 + 2);
        assertThat(grid.sequence()).containsExactly(C4, HOLD, REST, C4 + 2, GridVocabulary.END);
    }

    @Test
    void everyBarBeginsAStep() {
        var timeline =
                new Timeline(
                        List.of(new Meter(Fraction.ZERO, 4, 4), new Meter(Fraction.of(1, 3), 4, 4)),
                        List.of(),
                        List.of());
        var part = new Part("", 0, List.of(note("0", "1/3", 60, 1), note("1/3", "1", 62, 1)));
        GriddedScore gridded = GridReader.voices(score(timeline, List.of(), 4, part), 2);
        assertThat(gridded.losses().onsetsMoved()).isZero();
        assertThat(gridded.losses().endsMoved()).isZero();
        assertThat(lane(gridded.grid(), 0).subList(0, 4)).containsExactly(C4, C4 + 2, HOLD, REST);
        assertThat(gridded.grid().toScore().parts()).containsExactly(part);
    }

    @Test
    void whatDoesNotFitIsMovedLeftOutAndCounted() {
        var part =
                new Part(
                        "",
                        0,
                        List.of(
                                note("0", "0", 59, 1), // a grace note
                                note("0", "1/3", 60, 1), // ends between steps
                                note("0", "2", 48, 1), // covered
                                note("9/20", "1/20", 61, 1), // before the next one, at its step
                                note("1/2", "1", 62, 1), // shortened
                                note("1", "1", 64, 1),
                                note("3", "1", 109, 1))); // out of range
        var drums = new Part("", 0, true, List.of(note("0", "1", 36, 1)), List.of(), List.of());
        GriddedScore gridded =
                GridReader.voices(score(Timeline.DEFAULT, List.of(), 4, part, drums), 2);
        assertThat(lane(gridded.grid(), 0))
                .containsExactly(C4, C4 + 2, C4 + 4, HOLD, REST, REST, REST, REST);
        assertThat(gridded.losses()).isEqualTo(new GridLosses(7, 1, 1, 2, 1, 1, 1, 1, 0, 0));
        assertThat(gridded.losses().onsetsMovedShare()).isEqualTo(1 / 6.);
        assertThat(gridded.losses().remarks())
                .contains("1 grace note is left out", "1 note begins between steps")
                .hasSize(7);
    }

    @Test
    void eachVoiceOfAPartHasALane() {
        var part = new Part("", 0, List.of(note("0", "1", 72, 1), note("0", "1", 60, 2)));
        VoiceGrid grid = GridReader.voices(score(Timeline.DEFAULT, List.of(), 1, part), 1).grid();
        assertThat(grid.lanes()).hasSize(2);
        assertThat(grid.sequence()).containsExactly(C4 + 12, C4, GridVocabulary.END);
    }

    @Test
    void aLeadSheetIsItsChordsAndItsMelody() {
        var tune = new Part("", 0, List.of(note("0", "2", 72, 1), note("2", "2", 74, 1)));
        var low = new Part("", 0, List.of(note("0", "4", 36, 1)));
        var chords =
                List.of(
                        new ChordSymbol(Fraction.ONE, Optional.of(ChordText.parse("C"))),
                        new ChordSymbol(Fraction.of(2), Optional.of(ChordText.parse("G9/B"))),
                        new ChordSymbol(Fraction.of(3), Optional.empty()));
        GriddedScore gridded =
                GridReader.leadSheet(score(Timeline.DEFAULT, chords, 4, low, tune), 1);
        int c = GridVocabulary.ofChord(ChordText.parse("C"));
        int g7 = GridVocabulary.ofChord(ChordText.parse("G7"));
        int none = GridVocabulary.NO_CHORD;
        assertThat(lane(gridded.grid(), 0)).containsExactly(none, c, g7, none);
        assertThat(lane(gridded.grid(), 1)).containsExactly(C4 + 12, HOLD, C4 + 14, HOLD);
        assertThat(gridded.losses().remarks())
                .containsExactly(
                        "1 note is left out with its part, which has no lane",
                        "1 chord symbol is simplified");
        assertThat(gridded.grid().toScore().chords())
                .map(ChordText::format)
                .containsExactly("N.C.", "C", "G7", "N.C.");
    }

    @ParameterizedTest
    @EnumSource
    void everyChordHasATokenOfItsRoot(ChordKind kind) {
        for (int root = 0; root < 12; root++) {
            var chord = new Chord(PitchName.of(root, 0), kind);
            int token = GridVocabulary.ofChord(chord);
            assertThat(token).isLessThan(GridVocabulary.SIZE);
            Chord back = GridVocabulary.chord(token, 0);
            assertThat(back.root()).isEqualTo(chord.root());
            if (GridVocabulary.QUALITIES.contains(kind)) assertThat(back).isEqualTo(chord);
        }
    }

    @Test
    void tokensAreAtMost256AndDistinct() {
        assertThat(GridVocabulary.SIZE).isEqualTo(236);
        assertThat(GridVocabulary.QUALITIES).hasSize(12).doesNotHaveDuplicates();
        assertThat(GridVocabulary.isKey(GridVocabulary.ofKey(108))).isTrue();
        assertThat(GridVocabulary.isKey(HOLD)).isFalse();
        assertThat(GridVocabulary.isChord(GridVocabulary.NO_CHORD)).isFalse();
        assertThat(GridVocabulary.isChord(GridVocabulary.SIZE)).isFalse();
    }

    @Test
    void anySequenceIsAScore() {
        var lanes =
                List.of(new VoiceGrid.Lane("chords", 0, true), new VoiceGrid.Lane("", 0, false));
        int chord = GridVocabulary.ofChord(ChordText.parse("Am"));
        int[] sequence = {C4, HOLD, chord, chord, HOLD, C4, REST, HOLD, C4, GridVocabulary.END, C4};
        Score score = VoiceGrid.ofSequence(1, Timeline.DEFAULT, lanes, sequence).toScore();
        assertThat(score.end()).isEqualTo(Fraction.of(4));
        assertThat(score.chords()).map(ChordText::format).containsExactly("Am");
        assertThat(score.parts().getFirst().notes()).containsExactly(note("2", "2", 60, 1));
    }

    @Test
    void theCoarsestGridThatServesIsChosen() {
        Score sixteenths = onsets("0", "1/4", "1/2", "3/4");
        Score triplets = onsets("0", "1/3", "2/3");
        assertThat(GridResolution.choose(List.of(sixteenths), 0)).isEqualTo(4);
        assertThat(GridResolution.choose(List.of(triplets), 0)).isEqualTo(3);
        assertThat(GridResolution.choose(List.of(sixteenths, triplets), 0)).isEqualTo(12);
        assertThat(GridResolution.choose(List.of(sixteenths), 0.5)).isEqualTo(2);
        assertThat(GridResolution.moved(List.of(triplets), 2)).isEqualTo(4 / 6.);
        assertThat(GridResolution.choose(List.of(onsets("1/7", "1/2")), 0)).isEqualTo(2);
    }

    private static Score onsets(String... onsets) {
        List<Note> notes =
                IntStream.range(0, onsets.length)
                        .mapToObj(i -> {
                            Fraction onset = fraction(onsets[i]);
                            Fraction end =
                                    i + 1 < onsets.length ? fraction(onsets[i + 1]) : Fraction.ONE;
                            return note(onset.toString(), end.minus(onset).toString(), 60, 1);
                        })
                        .toList();
        return score(Timeline.DEFAULT, List.of(), 1, new Part("", 0, notes));
    }

    @Test
    void aGridThatIsTooLargeIsRefused() {
        Score longOne = score(Timeline.DEFAULT, List.of(), 1_000_000, new Part("", 0, List.of()));
        assertThatThrownBy(() -> GridReader.voices(longOne, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a score of 1,000,000 quarters has more than 1,000,000 steps; cut it");
        assertThatThrownBy(() -> GridReader.voices(longOne, 0))
                .hasMessage("0 steps a quarter are not from 1 to 96");
    }
}
