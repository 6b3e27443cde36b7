package wavenet4j.notes.midi;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.List;

/// The ticks of a file: so fine that all times of a score fall on one, if a file can have it so.
final class TickGrid {
    /// What a file can hold.
    private static final int MOST_TICKS_A_QUARTER = 32_767;

    private static final int MOST_DELTA = 0x0fff_ffff;

    /// What most programs use, or a multiple of it.
    private static final int USUAL = 480;

    /// For times that do not fit otherwise; each has many divisors.
    private static final List<Integer> COARSE = List.of(30_240, 3_360, USUAL, 24);

    private final int ticksAQuarter;
    private final Remarks remarks;

    private TickGrid(int ticksAQuarter, Remarks remarks) {
        this.ticksAQuarter = ticksAQuarter;
        this.remarks = remarks;
    }

    /// @param played the notes of the parts, as they are written
    static TickGrid of(Score score, List<List<Note>> played, Remarks remarks) {
        List<Fraction> times = times(score, played);
        Fraction last = times.stream().reduce(Fraction.ZERO, Fraction::max);
        long most = Math.min(MOST_TICKS_A_QUARTER, MOST_DELTA / (last.floor() + 1));
        long ticks = 1;
        for (Fraction time : times) {
            ticks = commonMultiple(ticks, time.denominator());
            if (ticks > most) {
                int coarse = COARSE.stream().filter(grid -> grid <= most).findFirst().orElseThrow();
                return new TickGrid(coarse, remarks);
            }
        }
        long usual = commonMultiple(ticks, USUAL);
        long fine = ticks * Math.clamp(Math.ceilDiv(USUAL, ticks), 1, most / ticks);
        return new TickGrid((int) (usual <= most ? usual : fine), remarks);
    }

    private static List<Fraction> times(Score score, List<List<Note>> played) {
        var times = new ArrayList<Fraction>();
        times.add(score.end());
        score.timeline().meters().forEach(meter -> times.add(meter.onset()));
        score.timeline().tempos().forEach(tempo -> times.add(tempo.onset()));
        score.timeline().keys().forEach(key -> times.add(key.onset()));
        score.chords().forEach(chord -> times.add(chord.onset()));
        for (Part part : score.parts()) {
            part.lyrics().forEach(lyric -> times.add(lyric.onset()));
            part.pedal().forEach(move -> times.add(move.onset()));
        }
        for (List<Note> notes : played) {
            for (Note note : notes) {
                times.add(note.onset());
                times.add(note.end());
            }
        }
        return times;
    }

    int ticksAQuarter() {
        return ticksAQuarter;
    }

    /// The tick of a time, or the nearest one.
    long tick(Fraction time) {
        if (ticksAQuarter % time.denominator() == 0) {
            return time.numerator() * (ticksAQuarter / time.denominator());
        }
        remarks.count("time is moved to the nearest tick", "times are moved to the nearest ticks");
        return Math.round(time.toDouble() * ticksAQuarter);
    }

    private static long commonMultiple(long a, long b) {
        return b > Integer.MAX_VALUE ? b : Fraction.of(a, b).numerator() * b;
    }
}
