package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Direction;
import org.audiveris.proxymusic.DirectionType;
import org.audiveris.proxymusic.FormattedTextId;
import org.audiveris.proxymusic.Metronome;
import org.audiveris.proxymusic.Offset;
import org.audiveris.proxymusic.Pedal;
import org.audiveris.proxymusic.Sound;
import org.audiveris.proxymusic.WedgeType;
import org.audiveris.proxymusic.YesNo;
import org.jspecify.annotations.Nullable;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.musicxml.internal.playing.Marks;
import wavenet4j.notes.musicxml.internal.playing.PartMeasure;

import java.util.List;
import java.util.OptionalDouble;

/// Reads directions: tempo, dynamics, pedal, and jumps. Others are counted.
final class DirectionReader {
    private static final int DOWN = 127;

    private final Attribution attributes;
    private final Loudness loudness;
    private final Remarks remarks;
    private final JumpSigns signs = new JumpSigns();

    DirectionReader(Attribution attributes, Loudness loudness, Remarks remarks) {
        this.attributes = attributes;
        this.loudness = loudness;
        this.remarks = remarks;
    }

    void read(Direction direction, PartMeasure measure, int number, List<Marks> marks) {
        Fraction onset = measure.near(offset(direction.getOffset(), false));
        Sound sound = direction.getSound();
        boolean jumps = sound != null && JumpSigns.isJump(sound);
        for (DirectionType type : direction.getDirectionType()) {
            type.getDynamics()
                    .forEach(marked -> NotationReader.dynamics(marked, onset, loudness, remarks));
            if (type.getWedge() != null
                    && (type.getWedge().getType() == WedgeType.CRESCENDO
                            || type.getWedge().getType() == WedgeType.DIMINUENDO)) {
                remarks.leftOut("hairpin");
            }
            if (type.getPedal() != null && (sound == null || sound.getDamperPedal() == null)) {
                pedal(type.getPedal(), onset, measure);
            }
            if (type.getMetronome() != null && (sound == null || sound.getTempo() == null)) {
                metronome(type.getMetronome(), onset, measure);
            }
            if (!type.getRehearsal().isEmpty()) remarks.leftOut("rehearsal mark");
            if (!jumps) {
                type.getSegno().forEach(_ -> signs.segno(number));
                type.getCoda().forEach(_ -> signs.coda(number));
            }
            for (Object words : type.getWordsOrSymbol()) {
                if (jumps || !(words instanceof FormattedTextId text)) continue;
                if (!signs.words(text.getValue(), marks.get(number))) remarks.leftOut("text");
            }
            if (type.getHarpPedals() != null
                    || type.getScordatura() != null
                    || type.getStringMute() != null
                    || type.getDamp() != null
                    || type.getDampAll() != null
                    || type.getAccordionRegistration() != null
                    || !type.getPercussion().isEmpty()) {
                remarks.leftOut("playing direction");
            }
        }
        if (sound != null) read(sound, onset, measure, marks.get(number));
    }

    /// Reads a sound element that stands alone.
    void read(Sound sound, PartMeasure measure, Marks marks) {
        read(sound, measure.near(Fraction.ZERO), measure, marks);
    }

    /// Takes signs for what they usually say where no sound element says it.
    void endPart(List<Marks> marks) {
        signs.apply(marks);
    }

    private void read(Sound sound, Fraction direction, PartMeasure measure, Marks marks) {
        Fraction onset = direction.plus(offset(sound.getOffset(), true)).max(Fraction.ZERO);
        if (sound.getTempo() != null) {
            tempo(sound.getTempo().doubleValue(), onset, measure);
        }
        if (sound.getDynamics() != null) {
            loudness.set(onset, Loudness.ofPercent(sound.getDynamics()));
        }
        if (sound.getDamperPedal() != null) damper(sound.getDamperPedal(), onset, measure);
        if (sound.getSoftPedal() != null || sound.getSostenutoPedal() != null) {
            remarks.leftOut("soft or sostenuto pedal move");
        }
        if (!sound.getInstrumentChangeAndMidiDeviceAndMidiInstrument().isEmpty()) {
            remarks.leftOut("instrument change");
        }
        if (sound.getSwing() != null) remarks.leftOut("swing direction");
        JumpSigns.read(sound, marks);
    }

    /// An offset in quarters; that of a direction counts only if it says so.
    private Fraction offset(@Nullable Offset offset, boolean always) {
        if (offset == null || (!always && offset.getSound() != YesNo.YES)) return Fraction.ZERO;
        return attributes.length(offset.getValue());
    }

    private void tempo(double quartersPerMinute, Fraction onset, PartMeasure measure) {
        if (quartersPerMinute > 0) measure.tempos.add(Tempo.of(onset, quartersPerMinute));
        else remarks.happened("tempo", "not above 0, and left out");
    }

    private void metronome(Metronome mark, Fraction onset, PartMeasure measure) {
        OptionalDouble tempo = Metronomes.quartersPerMinute(mark);
        if (tempo.isPresent()) tempo(tempo.getAsDouble(), onset, measure);
        else remarks.happened("metronome mark", "without a number, and left out");
    }

    private void pedal(Pedal pedal, Fraction onset, PartMeasure measure) {
        switch (pedal.getType()) {
            case START -> measure.pedal.add(new Part.Pedal(onset, DOWN));
            case STOP -> measure.pedal.add(new Part.Pedal(onset, 0));
            case CHANGE -> {
                measure.pedal.add(new Part.Pedal(onset, 0));
                measure.pedal.add(new Part.Pedal(onset, DOWN));
            }
            case SOSTENUTO -> remarks.leftOut("soft or sostenuto pedal move");
            case null, default -> {} // a line that goes on
        }
    }

    private void damper(String value, Fraction onset, PartMeasure measure) {
        try {
            double percent =
                    switch (value) {
                        case "yes" -> 100;
                        case "no" -> 0;
                        default -> Double.parseDouble(value);
                    };
            int pressed = Math.clamp(Math.round(percent * DOWN / 100), 0, DOWN);
            measure.pedal.add(new Part.Pedal(onset, pressed));
        } catch (NumberFormatException _) {
            remarks.happened("pedal move", "without a number, and left out");
        }
    }
}
