package wavenet4j.notes.midi;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.harmony.ChordText;
import wavenet4j.notes.internal.Remarks;
import wavenet4j.notes.midi.TrackEvents.Rank;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;

/// Writes a score as a file of format 1: a track for what all parts share, and one for each part,
/// with a channel of its own.
final class ScoreWriter {
    private static final int PITCHED_CHANNELS = 15;
    private static final int MOST_PORTS = 128;

    /// The writer of `javax.sound.midi` is recursive in tracks.
    private static final int MOST_TRACKS = 1_000;

    private static final int RELEASE_VELOCITY = 64;
    private static final int CLOCKS_A_QUARTER = 24;
    private static final int THIRTY_SECONDS_A_QUARTER = 8;

    private final Score score;
    private final List<List<Note>> played;
    private final TickGrid grid;
    private int pitchedParts;
    private int percussionParts;

    private ScoreWriter(Score score, Remarks remarks) {
        this.score = score;
        played = score.parts().stream().map(part -> PlayedNotes.of(part.notes(), remarks)).toList();
        grid = TickGrid.of(score, played, remarks);
    }

    /// The bytes of the file.
    ///
    /// @throws IllegalArgumentException when there are too many parts
    static byte[] write(Score score, Remarks remarks) {
        tellLosses(score, remarks);
        try {
            var bytes = new ByteArrayOutputStream();
            MidiSystem.write(new ScoreWriter(score, remarks).sequence(), 1, bytes);
            return bytes.toByteArray();
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Counts what the score has that no MIDI file has.
    private static void tellLosses(Score score, Remarks remarks) {
        if (!score.credits().composer().isEmpty()) remarks.say("the composer is left out");
        remarks.count(score.fermatas().size(), "fermata is left out", "fermatas are left out");
        for (Part part : score.parts()) {
            remarks.count(
                    part.notes().stream().filter(note -> note.voice() > 1).count(),
                    "note is written without its voice",
                    "notes are written without their voices");
            long verses = part.lyrics().stream().mapToInt(Part.Lyric::verse).distinct().count();
            int last = part.lyrics().stream().mapToInt(Part.Lyric::verse).max().orElse(0);
            remarks.count(
                    last - verses,
                    "verse has no syllables; those after it take its number",
                    "verses have no syllables; those after them take their numbers");
            if (part.percussion()) continue;
            remarks.count(
                    part.notes().stream().filter(note -> !isNamedByKey(note, score)).count(),
                    "note is not spelled as its key signature suggests; that is left out",
                    "notes are not spelled as their key signatures suggest; that is left out");
        }
    }

    private static boolean isNamedByKey(Note note, Score score) {
        int sharps = score.timeline().keyAt(note.onset()).sharps();
        return note.name().equals(PitchName.of(note.key(), sharps));
    }

    private Sequence sequence() throws InvalidMidiDataException {
        var sequence = new Sequence(Sequence.PPQ, grid.ticksAQuarter());
        long end = grid.tick(score.end());
        for (TrackEvents track : tracks()) track.writeTo(sequence.createTrack(), end);
        return sequence;
    }

    private List<TrackEvents> tracks() {
        var tracks = new ArrayList<TrackEvents>();
        tracks.add(shared());
        for (int i = 0; i < score.parts().size(); i++) {
            Part part = score.parts().get(i);
            tracks.add(part(part, played.get(i)));
            tracks.addAll(furtherVerses(part));
        }
        if (tracks.size() > MOST_TRACKS || percussionParts > MOST_PORTS) {
            throw new IllegalArgumentException(
                    "needs %,d tracks and has %,d parts of percussion, but at most %,d and %d are written; leave some out"
                            .formatted(tracks.size(), percussionParts, MOST_TRACKS, MOST_PORTS));
        }
        return tracks;
    }

    private TrackEvents shared() {
        var events = new TrackEvents();
        text(events, 0, Messages.TRACK_NAME, score.credits().title());
        text(events, 0, Messages.COPYRIGHT, score.credits().rights());
        for (Meter meter : score.timeline().meters()) {
            events.add(
                    grid.tick(meter.onset()),
                    Rank.CHANGE,
                    Messages.meta(
                            Messages.METER,
                            (byte) meter.beats(),
                            (byte) Integer.numberOfTrailingZeros(meter.unit()),
                            (byte) meter.beat().times(CLOCKS_A_QUARTER).floor(),
                            (byte) THIRTY_SECONDS_A_QUARTER));
        }
        for (Tempo tempo : score.timeline().tempos()) {
            int microseconds = tempo.microseconds();
            events.add(
                    grid.tick(tempo.onset()),
                    Rank.CHANGE,
                    Messages.meta(
                            Messages.TEMPO,
                            (byte) (microseconds >> 16),
                            (byte) (microseconds >> 8),
                            (byte) microseconds));
        }
        for (KeySignature key : score.timeline().keys()) {
            events.add(
                    grid.tick(key.onset()),
                    Rank.CHANGE,
                    Messages.meta(Messages.KEY, (byte) key.sharps(), (byte) (key.minor() ? 1 : 0)));
        }
        for (ChordSymbol chord : score.chords()) {
            text(events, grid.tick(chord.onset()), Messages.MARKER, ChordText.format(chord));
        }
        return events;
    }

    private TrackEvents part(Part part, List<Note> notes) {
        var events = new TrackEvents();
        text(events, 0, Messages.TRACK_NAME, part.name());
        int place = part.percussion() ? percussionParts++ : pitchedParts++;
        int port = part.percussion() ? place : place / PITCHED_CHANNELS;
        int channel = part.percussion() ? Messages.DRUM_CHANNEL : pitched(place);
        if (port > 0) events.add(0, Rank.SETUP, Messages.meta(Messages.PORT, (byte) port));
        events.add(
                0,
                Rank.SETUP,
                Messages.channel(ShortMessage.PROGRAM_CHANGE | channel, part.program(), 0));
        for (Part.Pedal move : part.pedal()) {
            events.add(
                    grid.tick(move.onset()),
                    Rank.CHANGE,
                    Messages.channel(
                            ShortMessage.CONTROL_CHANGE | channel, Messages.SUSTAIN, move.value()));
        }
        part.lyrics().stream().filter(lyric -> lyric.verse() == 1).forEach(l -> lyric(l, events));
        for (Note note : notes) {
            long onset = grid.tick(note.onset());
            long end = Math.max(onset + 1, grid.tick(note.end()));
            events.add(
                    onset,
                    Rank.NOTE_ON,
                    Messages.channel(ShortMessage.NOTE_ON | channel, note.key(), note.velocity()));
            events.add(
                    end,
                    Rank.NOTE_OFF,
                    Messages.channel(
                            ShortMessage.NOTE_OFF | channel, note.key(), RELEASE_VELOCITY));
        }
        return events;
    }

    /// A track without notes for each verse but the first.
    private Collection<TrackEvents> furtherVerses(Part part) {
        var verses = new TreeMap<Integer, TrackEvents>();
        for (Part.Lyric lyric : part.lyrics()) {
            if (lyric.verse() == 1) continue;
            lyric(lyric, verses.computeIfAbsent(lyric.verse(), _ -> new TrackEvents()));
        }
        return verses.values();
    }

    private void lyric(Part.Lyric lyric, TrackEvents events) {
        text(events, grid.tick(lyric.onset()), Messages.LYRIC, lyric.text());
    }

    /// A channel that is not the one of drums.
    private static int pitched(int place) {
        int channel = place % PITCHED_CHANNELS;
        return channel < Messages.DRUM_CHANNEL ? channel : channel + 1;
    }

    private static void text(TrackEvents events, long tick, int type, String text) {
        if (text.isEmpty()) return;
        Rank rank = tick == 0 && type == Messages.TRACK_NAME ? Rank.SETUP : Rank.CHANGE;
        events.add(tick, rank, Messages.text(type, text));
    }
}
