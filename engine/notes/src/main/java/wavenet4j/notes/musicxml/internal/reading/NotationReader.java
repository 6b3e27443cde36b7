package wavenet4j.notes.musicxml.internal.reading;

import jakarta.xml.bind.JAXBElement;

import org.audiveris.proxymusic.Arpeggiate;
import org.audiveris.proxymusic.Articulations;
import org.audiveris.proxymusic.Dynamics;
import org.audiveris.proxymusic.Fermata;
import org.audiveris.proxymusic.Glissando;
import org.audiveris.proxymusic.Notations;
import org.audiveris.proxymusic.Ornaments;
import org.audiveris.proxymusic.Slide;
import org.audiveris.proxymusic.Slur;
import org.audiveris.proxymusic.StartStop;
import org.audiveris.proxymusic.StartStopContinue;
import org.audiveris.proxymusic.Technical;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.playing.PartMeasure;

import java.util.List;
import java.util.OptionalInt;

/// Reads what stands at a note: fermatas and dynamics; other signs are counted.
final class NotationReader {
    private static final String NOT_PLAYED = "written as a sign and not played";

    private NotationReader() {}

    static void read(
            Notations notations,
            Fraction onset,
            PartMeasure measure,
            Loudness loudness,
            Remarks remarks) {
        for (Object sign : notations.getTiedOrSlurOrTuplet()) {
            switch (sign) {
                case Fermata _ -> measure.fermatas.add(onset);
                case Dynamics marks -> dynamics(marks, onset, loudness, remarks);
                case Articulations signs ->
                        count(signs.getAccentOrStrongAccentOrStaccato(), "articulation", remarks);
                case Ornaments signs ->
                        count(signs.getTrillMarkOrTurnOrDelayedTurn(), "ornament", remarks);
                case Technical signs ->
                        count(signs.getUpBowOrDownBowOrHarmonic(), "playing technique", remarks);
                case Arpeggiate _ -> remarks.leftOut("arpeggio");
                case Slur slur when slur.getType() == StartStopContinue.START ->
                        remarks.leftOut("slur");
                case Glissando line when line.getType() == StartStop.START ->
                        remarks.leftOut("glissando");
                case Slide line when line.getType() == StartStop.START -> remarks.leftOut("slide");
                default -> {} // ties and tuplets, which durations show, and what is printed alone
            }
        }
    }

    static void dynamics(Dynamics marks, Fraction onset, Loudness loudness, Remarks remarks) {
        for (JAXBElement<?> mark : marks.getPOrPpOrPpp()) {
            OptionalInt velocity = Loudness.ofMark(mark.getName().getLocalPart());
            if (velocity.isPresent()) loudness.set(onset, velocity.getAsInt());
            else remarks.happened("dynamics mark", "of a single note, and left out");
        }
    }

    private static void count(List<JAXBElement<?>> signs, String one, Remarks remarks) {
        for (int i = 0; i < signs.size(); i++) remarks.happened(one, NOT_PLAYED);
    }
}
