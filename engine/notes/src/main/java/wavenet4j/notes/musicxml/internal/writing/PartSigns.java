package wavenet4j.notes.musicxml.internal.writing;

import org.audiveris.proxymusic.Attributes;
import org.audiveris.proxymusic.Direction;
import org.audiveris.proxymusic.Harmony;
import org.audiveris.proxymusic.Offset;
import org.audiveris.proxymusic.Sound;
import org.audiveris.proxymusic.Time;
import org.audiveris.proxymusic.YesNo;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.internal.Remarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a part has besides its notes, in the order in which it is written.
final class PartSigns {
    private final List<Sign> signs = new ArrayList<>();
    private final Fraction end;
    private final Remarks remarks;
    private int next;

    /// An element at a time.
    private record Sign(Fraction onset, Object element) {}

    /// The signs of a part.
    ///
    /// @param leads whether it is the score's first, which has what concerns all
    PartSigns(Score score, Part part, boolean leads, Remarks remarks) {
        this.end = score.end();
        this.remarks = remarks;
        for (KeySignature key : score.timeline().keys()) {
            add(key.onset(), attributes(key), leads, "key signature");
        }
        String shown = "";
        for (Meter meter : score.timeline().meters()) {
            boolean begins = meter.onset().sign() == 0 || meter.onset().compareTo(end) < 0;
            boolean isNew = !meter.signature().equals(shown);
            if (begins) signs.add(new Sign(meter.onset(), attributes(meter, isNew)));
            else if (leads) remarks.happened("time signature", "after the last bar, and left out");
            shown = meter.signature();
        }
        if (leads) {
            for (Tempo tempo : score.timeline().tempos()) {
                add(tempo.onset(), Signs.tempo(tempo), true, "tempo");
            }
            for (ChordSymbol chord : onePerOnset(score.chords())) {
                add(chord.onset(), Signs.harmony(chord), true, "chord symbol");
            }
        }
        int before = 0;
        for (Part.Pedal move : part.pedal()) {
            add(move.onset(), Signs.pedal(move, before), true, "pedal move");
            before = move.value();
        }
        signs.sort(Comparator.comparing(Sign::onset));
    }

    /// Writes those before a time.
    ///
    /// @param into the measure's content
    /// @param at where the measure's content has come to
    /// @param divisions of a quarter
    void write(List<Object> into, Fraction at, Fraction until, long divisions) {
        while (next < signs.size() && signs.get(next).onset.compareTo(until) < 0) {
            Sign sign = signs.get(next++);
            Fraction ahead = sign.onset.minus(at);
            if (ahead.sign() > 0) shift(sign.element, offset(ahead.times(divisions)));
            into.add(sign.element);
        }
    }

    /// Writes those that stand at the end of the score.
    void writeLast(List<Object> into) {
        while (next < signs.size()) into.add(signs.get(next++).element);
    }

    private void add(Fraction onset, Object element, boolean counts, String what) {
        if (onset.compareTo(end) <= 0) signs.add(new Sign(onset, element));
        else if (counts) remarks.happened(what, "after the score's end, and left out");
    }

    /// Of several at one onset the last.
    private List<ChordSymbol> onePerOnset(List<ChordSymbol> chords) {
        var kept = new ArrayList<ChordSymbol>();
        for (ChordSymbol chord : chords) {
            if (!kept.isEmpty() && kept.getLast().onset().equals(chord.onset())) {
                kept.removeLast();
                remarks.happened("chord symbol", "at the time of another, and left out");
            }
            kept.add(chord);
        }
        return kept;
    }

    private static Attributes attributes(KeySignature key) {
        var attributes = new Attributes();
        attributes.getKey().add(Signs.key(key));
        return attributes;
    }

    /// @param isNew whether it is another one than before, not only the end of a pickup
    private static Attributes attributes(Meter meter, boolean isNew) {
        var attributes = new Attributes();
        Time time = Signs.time(meter);
        if (!isNew) time.setPrintObject(YesNo.NO);
        attributes.getTime().add(time);
        return attributes;
    }

    /// Keys and meters have no offsets: notes are cut where they stand.
    private static void shift(Object element, Offset offset) {
        switch (element) {
            case Direction direction -> direction.setOffset(offset);
            case Harmony harmony -> harmony.setOffset(offset);
            case Sound sound -> sound.setOffset(offset);
            default -> throw new IllegalStateException("no offset on " + element);
        }
    }

    private static Offset offset(Fraction divisions) {
        var offset = new Offset();
        offset.setValue(BigDecimal.valueOf(divisions.numerator()));
        offset.setSound(YesNo.YES);
        return offset;
    }
}
