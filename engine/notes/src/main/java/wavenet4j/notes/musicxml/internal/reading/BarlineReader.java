package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.BackwardForward;
import org.audiveris.proxymusic.Barline;
import org.audiveris.proxymusic.Ending;
import org.audiveris.proxymusic.Repeat;
import org.audiveris.proxymusic.RightLeftMiddle;
import org.audiveris.proxymusic.StartStopDiscontinue;
import org.audiveris.proxymusic.YesNo;

import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.playing.Marks;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads repeats and endings from a bar line.
final class BarlineReader {
    private BarlineReader() {}

    static void read(Barline barline, List<Marks> marks, int number, Remarks remarks) {
        boolean left = barline.getLocation() == RightLeftMiddle.LEFT;
        Marks here = marks.get(number);
        if (barline.getRepeat() != null) {
            if (barline.getLocation() == RightLeftMiddle.MIDDLE) {
                remarks.happened("repeat sign", "within a measure, and taken at its bar line");
            }
            boolean forward = barline.getRepeat().getDirection() == BackwardForward.FORWARD;
            if (forward && !left && number + 1 < marks.size()) {
                marks.get(number + 1).forward = true;
            } else if (forward) {
                here.forward = true;
            } else {
                backward(barline.getRepeat(), left && number > 0 ? marks.get(number - 1) : here);
            }
        }
        if (barline.getEnding() != null) ending(barline.getEnding(), here);
        if (!barline.getFermata().isEmpty())
            remarks.happened("fermata", "on a bar line, and left out");
        if (barline.getSegnoAttribute() != null) {
            here.segno = Optional.of(barline.getSegnoAttribute());
        }
        if (barline.getCodaAttribute() != null) here.coda = Optional.of(barline.getCodaAttribute());
    }

    private static void backward(Repeat repeat, Marks marks) {
        marks.times = Numbers.integer(repeat.getTimes()).orElse(2);
        marks.afterJump |= repeat.getAfterJump() == YesNo.YES;
    }

    private static void ending(Ending ending, Marks marks) {
        if (ending.getType() != StartStopDiscontinue.START) {
            marks.endingStops = true;
            return;
        }
        for (String pass : String.valueOf(ending.getNumber()).split("[,\\s]+", 100)) {
            OptionalInt number = Numbers.integer(pass);
            if (number.isPresent() && number.getAsInt() > 0) marks.ending.add(number.getAsInt());
        }
    }
}
