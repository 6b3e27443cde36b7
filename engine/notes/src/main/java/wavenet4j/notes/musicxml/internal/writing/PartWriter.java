package wavenet4j.notes.musicxml.internal.writing;

import org.audiveris.proxymusic.Attributes;
import org.audiveris.proxymusic.Backup;
import org.audiveris.proxymusic.Clef;
import org.audiveris.proxymusic.ClefSign;
import org.audiveris.proxymusic.Forward;
import org.audiveris.proxymusic.ScorePartwise;
import org.audiveris.proxymusic.YesNo;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.internal.Remarks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Writes the measures of a part.
final class PartWriter {
    /// A part whose mean is lower is written in the bass clef.
    private static final int LOW = 57;

    private final Part part;
    private final Fraction end;
    private final List<Bar> bars;
    private final PartSigns signs;
    private final NoteElements elements;
    private final long divisions;
    private final List<Lane> lanes;

    /// Of each lane, what is not yet written.
    private final List<Deque<Lane.Piece>> pieces = new ArrayList<>();

    private final NavigableSet<Fraction> cuts = new TreeSet<>();
    private final NavigableSet<Fraction> fermatas = new TreeSet<>();
    private final Syllables syllables;
    private List<Object> content = new ArrayList<>();
    private Fraction position = Fraction.ZERO;

    PartWriter(
            Score score,
            List<Bar> bars,
            Part part,
            PartInstruments instruments,
            boolean leads,
            Remarks remarks) {
        this.part = part;
        this.bars = bars;
        this.end = score.end();
        this.lanes = Lane.of(part.notes());
        this.signs = new PartSigns(score, part, leads, remarks);
        this.divisions = Divisions.of(score, bars, part);
        this.elements = new NoteElements(instruments, divisions, remarks);
        this.syllables = new Syllables(part, remarks);
        if (leads) fermatas.addAll(score.fermatas());
        bars.forEach(bar -> cuts.add(bar.onset()));
        var inBars = new TreeSet<>(cuts);
        score.timeline().keys().stream().map(KeySignature::onset).forEach(inBars::add);
        inBars.addAll(fermatas);
        inBars.addAll(syllables.betweenNotes());
        for (Lane lane : lanes) {
            pieces.add(new ArrayDeque<>(lane.pieces(pieces.isEmpty() ? inBars : cuts)));
        }
        cuts.addAll(inBars);
    }

    List<ScorePartwise.Part.Measure> measures() {
        var measures = new ArrayList<ScorePartwise.Part.Measure>();
        for (Bar bar : bars) {
            var measure = new ScorePartwise.Part.Measure();
            measure.setNumber("" + bar.number());
            if (bar.number() == 0) measure.setImplicit(YesNo.YES);
            content = measure.getNoteOrBackupOrForward();
            position = bar.onset();
            if (measures.isEmpty()) content.add(beginning());
            for (int i = 0; i < lanes.size(); i++) lane(i, bar);
            measures.add(measure);
        }
        signs.writeLast(content);
        syllables.endPart();
        return measures;
    }

    private Attributes beginning() {
        var clef = new Clef();
        if (part.percussion()) {
            clef.setSign(ClefSign.PERCUSSION);
        } else {
            double mean = part.notes().stream().mapToInt(Note::key).average().orElse(LOW);
            clef.setSign(mean < LOW ? ClefSign.F : ClefSign.G);
            clef.setLine(BigInteger.valueOf(mean < LOW ? 4 : 2));
        }
        var attributes = new Attributes();
        attributes.setDivisions(BigDecimal.valueOf(divisions));
        attributes.getClef().add(clef);
        return attributes;
    }

    private void lane(int number, Bar bar) {
        Deque<Lane.Piece> left = pieces.get(number);
        boolean ends = bar.end().equals(end);
        boolean leads = number == 0;
        if (!leads && (left.isEmpty() || !isIn(left.peek(), bar, ends))) return;
        if (position.compareTo(bar.onset()) > 0) {
            var backup = new Backup();
            backup.setDuration(elements.duration(position.minus(bar.onset())));
            content.add(backup);
            position = bar.onset();
        }
        String voice = lanes.get(number).voice();
        while (!left.isEmpty() && isIn(left.peek(), bar, ends)) {
            Lane.Piece piece = left.poll();
            gap(piece.onset(), bar, voice, leads);
            if (leads) signs.write(content, position, piece.end(), divisions);
            chord(piece, voice, leads);
            position = piece.end();
        }
        if (leads) gap(bar.end(), bar, voice, true);
    }

    private static boolean isIn(Lane.Piece piece, Bar bar, boolean ends) {
        int order = piece.onset().compareTo(bar.end());
        return order < 0 || (order == 0 && ends);
    }

    /// Fills a lane up to a time: the first with rests.
    private void gap(Fraction until, Bar bar, String voice, boolean leads) {
        if (position.compareTo(until) >= 0) return;
        if (!leads) {
            var forward = new Forward();
            forward.setDuration(elements.duration(until.minus(position)));
            content.add(forward);
            position = until;
            return;
        }
        while (position.compareTo(until) < 0) {
            Fraction cut = cuts.higher(position);
            Fraction next = cut == null ? until : cut.min(until);
            boolean whole = position.equals(bar.onset()) && next.equals(bar.end());
            signs.write(content, position, next, divisions);
            int first = content.size();
            if (whole) {
                content.add(elements.measureRest(bar.length(), voice));
            } else {
                for (NoteShape shape : NoteShape.of(next.minus(position))) {
                    content.add(elements.rest(shape, voice));
                }
            }
            fermata(first);
            syllables(first, false);
            position = next;
        }
    }

    private void chord(Lane.Piece piece, String voice, boolean leads) {
        int first = content.size();
        if (piece.onset().equals(piece.end())) {
            for (Note note : piece.notes()) content.add(elements.grace(note, voice));
        } else {
            List<NoteShape> shapes = NoteShape.of(piece.end().minus(piece.onset()));
            for (int s = 0; s < shapes.size(); s++) {
                boolean continues = piece.continues() || s > 0;
                boolean goesOn = piece.goesOn() || s + 1 < shapes.size();
                for (int n = 0; n < piece.notes().size(); n++) {
                    var element =
                            elements.note(
                                    piece.notes().get(n), shapes.get(s), voice, continues, goesOn);
                    if (n > 0) NoteElements.join(element);
                    content.add(element);
                }
            }
            if (leads) fermata(first);
        }
        boolean grace = piece.onset().equals(piece.end());
        syllables(first, !grace && !piece.continues());
    }

    /// Gives an element the syllables that stand now.
    private void syllables(int element, boolean begins) {
        if (content.get(element) instanceof org.audiveris.proxymusic.Note note) {
            syllables.write(note, position, begins);
        }
    }

    /// Adds a fermata to an element, where one stands now.
    private void fermata(int element) {
        if (fermatas.contains(position)
                && content.get(element) instanceof org.audiveris.proxymusic.Note note) {
            NoteElements.fermata(note);
        }
    }
}
