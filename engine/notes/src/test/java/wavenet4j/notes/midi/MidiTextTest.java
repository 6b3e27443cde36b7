package wavenet4j.notes.midi;

import static org.assertj.core.api.Assertions.assertThat;

import static wavenet4j.notes.midi.SmfBytes.END;
import static wavenet4j.notes.midi.SmfBytes.file;
import static wavenet4j.notes.midi.SmfBytes.meta;
import static wavenet4j.notes.midi.SmfBytes.text;
import static wavenet4j.notes.midi.SmfBytes.track;

import org.junit.jupiter.api.Test;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part;
import wavenet4j.notes.Part.Lyric;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;

import java.nio.file.Path;

/// Names, lyrics and chords among the texts of a sound file.
final class MidiTextTest {
    private static final String SCALE = String.join("", SmfBytes.SCALE);

    private static final Path NAME = Path.of("a.mid");

    private static ReadScore read(byte[]... tracks) throws ScoreException {
        return MidiFile.parse(NAME, file(tracks));
    }

    @Test
    void theNameOfATrackOnItsOwnIsTheTitle() throws ScoreException {
        ReadScore read = read(track(text(3, "Air"), text(4, "Flute"), text(2, "Free"), SCALE));
        assertThat(read.score().credits()).isEqualTo(new Score.Credits("Air", "", "Free"));
        assertThat(read.score().parts()).extracting(Part::name).containsExactly("Flute");
    }

    @Test
    void theNameOfAFirstTrackWithNotesIsThatOfItsPart() throws ScoreException {
        Score score = read(track(text(3, "Right"), SCALE), track(text(3, "Left"), SCALE)).score();
        assertThat(score.credits().title()).isEmpty();
        assertThat(score.parts()).extracting(Part::name).containsExactly("Right", "Left");
    }

    @Test
    void textIsUtf8OrLatin1() throws ScoreException {
        String latin = meta(3, new byte[] {'G', (byte) 0xfc, 't', 'e', 0});
        Score score = read(track(text(3, "Süß"), SCALE), track(latin, SCALE)).score();
        assertThat(score.parts()).extracting(Part::name).containsExactly("Süß", "Güte");
    }

    @Test
    void markersThatAreChordSymbolsAreChords() throws ScoreException {
        ReadScore read = read(track(text(6, "Dm7/G"), "8360ff06044e2e432e", text(6, "Coda"), END));
        assertThat(read.score().chords())
                .extracting(ChordSymbol::onset)
                .containsExactly(Fraction.ZERO, Fraction.ONE);
        assertThat(read.score().chords().getFirst().chord().orElseThrow().bass().orElseThrow())
                .hasToString("G");
        assertThat(read.score().chords().getLast().chord()).isEmpty();
        assertThat(read.remarks()).contains("1 text is left out");
    }

    @Test
    void markersThatAreLettersInTheirOrderAreNoChords() throws ScoreException {
        ReadScore read = read(track(text(6, "A"), text(6, "B"), text(6, "C"), SCALE));
        assertThat(read.score().chords()).isEmpty();
        assertThat(read.remarks())
                .containsExactly(
                        "the markers are letters in their order, and left out as no chord symbols");
    }

    @Test
    void aSyllableWithoutASpaceGoesOn() throws ScoreException {
        Score score =
                read(track(text(5, "Hal"), text(5, "lo "), text(5, "\r"), text(5, "Welt"), SCALE))
                        .score();
        assertThat(score.parts().getFirst().lyrics())
                .extracting(Lyric::text)
                .containsExactly("Hal-", "lo", "Welt");
    }

    @Test
    void syllablesWithoutAnySpacesAreAsTheyAre() throws ScoreException {
        Score score = read(track(text(5, "Hal-"), text(5, "lo"), SCALE)).score();
        assertThat(score.parts().getFirst().lyrics())
                .extracting(Lyric::text)
                .containsExactly("Hal-", "lo");
    }

    @Test
    void tracksOfLyricsAloneAreVersesOfThePartBefore() throws ScoreException {
        ReadScore read =
                read(
                        track(SCALE),
                        track(text(5, "one"), END),
                        track(text(5, "two"), END),
                        track(SCALE));
        assertThat(read.score().parts().getFirst().lyrics())
                .containsExactly(
                        new Lyric(Fraction.ZERO, 1, "one"), new Lyric(Fraction.ZERO, 2, "two"));
        assertThat(read.score().parts().getLast().lyrics()).isEmpty();
        assertThat(read.remarks())
                .containsExactly(
                        "2 syllables of tracks without notes are given to the parts before them");
    }
}
