package wavenet4j.notes.midi;

import wavenet4j.notes.ScoreException;
import wavenet4j.notes.internal.Remarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.Sequence;
import javax.sound.midi.Track;

/// The tracks of a Standard MIDI file as they really are. Their number and their lengths are wrong
/// in many files, of which the reader of `javax.sound.midi` then loses notes without a word. Here,
/// a track whose length leads nowhere goes on to its end-of-track event, or to the next track.
final class MidiFrame {
    private static final int MOST_TRACKS = 10_000;
    private static final int MOST_EVENTS = 500_000;

    /// Mail and old file systems put a head of their own before a file.
    private static final int MOST_BEFORE_HEADER = 1_024;

    private static final int HEADER_BYTES = 6;
    private static final byte[] HEADER = Chunks.name("MThd");
    private static final byte[] END_OF_TRACK = {(byte) 0xff, Messages.END_OF_TRACK, 0};

    private final Path file;
    private final Chunks chunks;
    private final Remarks remarks;
    private int tracks;
    private int events;

    /// The events of the tracks.
    ///
    /// @param patterns whether tracks are played one after the other, not together
    record Content(Sequence sequence, boolean patterns) {}

    private MidiFrame(Path file, Chunks chunks, Remarks remarks) {
        this.file = file;
        this.chunks = chunks;
        this.remarks = remarks;
    }

    /// Reads the events of a file.
    ///
    /// @throws ScoreException when it has no tracks, or absurdly many events
    static Content read(Path file, byte[] bytes, Remarks remarks) throws ScoreException {
        if (bytes.length == 0) {
            throw new ScoreException(file, "is empty (0 bytes); copy or export it again");
        }
        return new MidiFrame(file, Chunks.ofMidi(bytes), remarks).read();
    }

    private Content read() throws ScoreException {
        int header = header();
        ByteBuffer fields =
                chunks.content(header + Chunks.HEAD, header + Chunks.HEAD + HEADER_BYTES);
        int format = Short.toUnsignedInt(fields.getShort());
        int declaredTracks = Short.toUnsignedInt(fields.getShort());
        Sequence sequence = sequence(fields.getShort());
        boolean patterns = format == 2;
        readTracks(afterHeader(header), sequence, patterns);
        if (tracks == 0) throw problem("has no tracks; copy or export it again");
        if (tracks != declaredTracks) {
            remarks.say(
                    "the number of tracks is %,d, not %,d as declared"
                            .formatted(tracks, declaredTracks));
        }
        if (format > 2 || (format == 0 && tracks > 1)) {
            remarks.say("format %d does not fit the file, which is read as 1".formatted(format));
        }
        return new Content(sequence, patterns && tracks > 1);
    }

    private int header() throws ScoreException {
        int header = chunks.find(HEADER, 0, Math.min(chunks.end(), MOST_BEFORE_HEADER));
        if (header < 0) {
            throw problem(
                    "is no Standard MIDI file: it begins with %s, not with MThd; export it as one"
                            .formatted(chunks.firstBytes()));
        }
        if (chunks.end() - header < Chunks.HEAD + HEADER_BYTES) {
            throw problem("ends within its header; copy or export it again");
        }
        leaveOut(header);
        return header;
    }

    private int afterHeader(int header) {
        int usual = header + Chunks.HEAD + HEADER_BYTES;
        long declared = header + Chunks.HEAD + chunks.length(header);
        return declared > usual && chunks.isBoundary(declared) ? (int) declared : usual;
    }

    private Sequence sequence(short division) throws ScoreException {
        int ticks = division < 0 ? division & 0xff : division;
        if (ticks == 0) {
            throw problem("counts 0 ticks a quarter, so no time in it is known; export it again");
        }
        try {
            return new Sequence(division > 0 ? Sequence.PPQ : frames(-(division >> 8)), ticks);
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private float frames(int aSecond) throws ScoreException {
        return switch (aSecond) {
            case 24 -> Sequence.SMPTE_24;
            case 25 -> Sequence.SMPTE_25;
            case 29 -> Sequence.SMPTE_30DROP;
            case 30 -> Sequence.SMPTE_30;
            default ->
                    throw problem(
                            "counts %d frames a second, not 24, 25, 29 or 30; export it again"
                                    .formatted(aSecond));
        };
    }

    private void readTracks(int start, Sequence sequence, boolean patterns) throws ScoreException {
        long lastTick = Clock.of(sequence).lastTick();
        int at = start;
        while (chunks.hasChunkAt(at)) {
            if (!chunks.isAt(at, Chunks.TRACK)) {
                at = afterOther(at);
                continue;
            }
            if (++tracks > MOST_TRACKS) {
                throw problem("has more than %,d tracks; check what it is".formatted(MOST_TRACKS));
            }
            Track track = sequence.createTrack();
            at = readTrack(at, track, lastTick);
            if (patterns) lastTick -= track.ticks();
        }
        leaveOut(chunks.end() - at);
    }

    /// Reads a track, and where the next chunk begins.
    private int readTrack(int at, Track track, long lastTick) throws ScoreException {
        int start = at + Chunks.HEAD;
        long declared = start + chunks.length(at);
        int end = trackEnd(start, declared);
        ByteBuffer content = chunks.content(start, end);
        var scanner = new TrackScanner(content, track, lastTick, remarks);
        switch (scanner.scan(MOST_EVENTS - events)) {
            case MARKED -> {
                int mark = start + content.position();
                if (chunks.isBoundary(mark)) end = mark;
                if (end != declared) {
                    remarks.count(
                            "track has not the length that is declared",
                            "tracks have not the length that is declared");
                }
                leaveOut(end - mark);
            }
            case UNMARKED -> {
                if (end == declared) {
                    remarks.count(
                            "track has no end-of-track event", "tracks have no end-of-track event");
                } else {
                    tellBroken();
                }
            }
            case BROKEN -> tellBroken();
            case ABSURD ->
                    remarks.count(
                            "track goes on after an absurdly long time; it is cut off before",
                            "tracks go on after an absurdly long time; they are cut off before");
            case TOO_MANY ->
                    throw problem(
                            "has more than %,d events; divide it into several files"
                                    .formatted(MOST_EVENTS));
        }
        events += track.size();
        return end;
    }

    /// Where a track ends at the latest.
    private int trackEnd(int start, long declared) {
        if (chunks.isBoundary(declared)) return (int) declared;
        int next = chunks.find(Chunks.TRACK, start, chunks.end());
        if (next < 0) next = chunks.end();
        if (declared > next) return next;
        int mark = chunks.find(END_OF_TRACK, declared - END_OF_TRACK.length, next);
        return mark < 0 ? (int) declared : mark + END_OF_TRACK.length;
    }

    /// Where the next chunk or track is, after something that is no track.
    private int afterOther(int at) {
        long declared = at + Chunks.HEAD + chunks.length(at);
        if (chunks.isBoundary(at) && chunks.isBoundary(declared)) {
            remarks.count(
                    "chunk of an unknown kind is left out", "chunks of unknown kinds are left out");
            return (int) declared;
        }
        int next = chunks.find(Chunks.TRACK, at, chunks.end());
        if (next < 0) next = chunks.end();
        leaveOut(next - at);
        return next;
    }

    private void tellBroken() {
        remarks.count(
                "track is damaged or cut off; what is whole before that is kept",
                "tracks are damaged or cut off; what is whole before that is kept");
    }

    private void leaveOut(int count) {
        remarks.count(
                count,
                "byte outside the tracks is left out",
                "bytes outside the tracks are left out");
    }

    private ScoreException problem(String problem) {
        return new ScoreException(file, problem);
    }
}
