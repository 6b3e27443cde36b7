package wavenet4j.notes.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.notes.ChordKind;
import wavenet4j.notes.ChordSymbol.Chord;
import wavenet4j.notes.PitchName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class ChordTonesTest {
    @ParameterizedTest
    @CsvSource({
        "C,0 4 7",
        "C7b5,0 4 6 10",
        "C7(b9),0 4 7 10 13",
        "C7(b9;#9),0 4 7 10 13 15",
        "C7sus4,0 5 7 10",
        "C6/9,0 4 7 9 14",
        "C(no3),0 7",
        "Cm(maj7),0 3 7 11",
        "C13(b9),0 4 7 10 13 21",
        "Cdim(maj7),0 3 6 11",
        "Cdim7,0 3 6 9",
        "C5,0 7",
    })
    void changesOfDegreesAreHeard(String text, String semitones) {
        List<Integer> tones = ChordTones.semitones(ChordText.parse(text.replace(';', ',')));
        assertThat(tones).map(String::valueOf).containsExactly(semitones.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "Cm,C Eb G",
        "Eb9,Eb G Bb Db F",
        "E7,E G# B D",
        "Cdim7,C Eb Gb Bbb",
        "C7(b9;#9),C E G Bb Db D#",
        "Caug,C E G#",
        "D/C,C D F# A",
        "Gbdim7,Gb Bbb Dbb Fbb",
        "Cbdim7,Cb Ebb Gbb G#",
    })
    void tonesAreNamedByTheirDegreesAsFarAsTheyCanBeWritten(String text, String names) {
        Chord chord = ChordText.parse(text.replace(';', ','));
        List<Integer> keys = new ArrayList<>();
        chord.bass().ifPresent(bass -> keys.add(bass.pitchClass()));
        for (int tone : ChordTones.semitones(chord)) keys.add(chord.root().pitchClass() + tone);
        List<String> named =
                keys.stream().map(key -> ChordTones.name(chord, key, 1).toString()).toList();
        assertThat(named.stream().distinct()).containsExactly(names.split(" ", -1));
    }

    @Test
    void theBassIsAmongThePitchClasses() {
        assertThat(ChordTones.pitchClasses(ChordText.parse("D/C"))).containsExactly(0, 2, 6, 9);
    }

    @Test
    void commonTonesStay() {
        List<Integer> c = ChordTones.voicing(ChordText.parse("C"), List.of());
        List<Integer> f = ChordTones.voicing(ChordText.parse("F"), c);
        List<Integer> upper = c.subList(1, c.size());
        assertThat(f.subList(1, f.size())).containsAnyElementsOf(upper);
        assertThat(ChordTones.voicing(ChordText.parse("C"), c)).isEqualTo(c);
    }

    @ParameterizedTest
    @EnumSource
    void aVoicingIsABassAndCloseTonesAboveIt(ChordKind kind) {
        List<Integer> previous = List.of();
        for (int step = 0; step < 48; step++) {
            PitchName root = PitchName.of(step * 5 % 12, 0);
            var chord = new Chord(root, kind, List.of(), Optional.of(PitchName.of(step * 7, 0)));
            List<Integer> voicing = ChordTones.voicing(chord, previous);
            var upper = new ArrayList<>(voicing.subList(1, voicing.size()));
            assertThat(voicing.getFirst() % 12).isEqualTo(step * 7 % 12);
            assertThat(voicing).isSorted().doesNotHaveDuplicates();
            assertThat(upper.getLast() - upper.getFirst()).isLessThan(12);
            assertThat(upper).allMatch(key -> ChordTones.pitchClasses(chord).contains(key % 12));
            assertThat(upper).hasSize(Math.min(4, kind.semitones().size()));
            previous = voicing;
        }
    }
}
