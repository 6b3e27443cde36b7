package wavenet4j.notes.midi;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Part.Lyric;
import wavenet4j.notes.Part.Pedal;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import javax.sound.midi.ShortMessage;

/// Takes the parts from the messages of all channels: one for each track, channel and program that
/// has notes. Programs and pedals belong to a channel, whichever tracks play on it.
final class PartsReader {
    /// A channel of a port, from 0 both.
    private record Channel(int port, int number) {}

    /// What makes a part.
    private record Source(int track, Channel channel, int program) {}

    private final Clock clock;
    private final Remarks remarks;
    private final NoteReader notes;
    private final Map<Integer, Integer> ports = new LinkedHashMap<>();
    private final Map<Channel, Integer> programs = new LinkedHashMap<>();
    private final Map<Channel, List<Pedal>> pedals = new LinkedHashMap<>();
    private final Map<Source, List<NoteReader.RawNote>> sources = new LinkedHashMap<>();

    PartsReader(Clock clock, Remarks remarks) {
        this.clock = clock;
        this.remarks = remarks;
        notes = new NoteReader(remarks);
    }

    /// Takes the port of what follows in a track.
    void port(int track, byte[] data) {
        if (data.length == 1 && data[0] >= 0) ports.put(track, (int) data[0]);
        else remarks.count("port is invalid and left out", "ports are invalid and left out");
    }

    /// Takes a message, in the order of time.
    void message(long tick, int track, ShortMessage message) {
        int port = ports.getOrDefault(track, 0);
        var channel = new Channel(port, message.getChannel());
        int first = message.getData1();
        int second = message.getData2();
        var place = new NoteReader.Place(track, port, message.getChannel(), first);
        switch (message.getCommand()) {
            case ShortMessage.NOTE_ON -> {
                if (second == 0) {
                    notes.off(place, tick);
                } else {
                    var source = new Source(track, channel, programs.getOrDefault(channel, 0));
                    notes.on(
                            place,
                            tick,
                            second,
                            sources.computeIfAbsent(source, _ -> new ArrayList<>())::add);
                }
            }
            case ShortMessage.NOTE_OFF -> notes.off(place, tick);
            case ShortMessage.PROGRAM_CHANGE -> programs.put(channel, first);
            case ShortMessage.CONTROL_CHANGE -> {
                if (first == Messages.SUSTAIN) pedal(tick, channel, second);
                else remarks.count("controller move is left out", "controller moves are left out");
            }
            case ShortMessage.PITCH_BEND ->
                    remarks.count("pitch bend is left out", "pitch bends are left out");
            default -> remarks.count("aftertouch is left out", "aftertouches are left out");
        }
    }

    private void pedal(long tick, Channel channel, int value) {
        var move = new Pedal(clock.quarters(tick), value);
        List<Pedal> moves = pedals.computeIfAbsent(channel, _ -> new ArrayList<>());
        // Tracks that share a channel often tell the same of it.
        if (moves.isEmpty() || !moves.getLast().equals(move)) moves.add(move);
    }

    /// Ends the notes that still sound.
    ///
    /// @param trackEnds of all tracks, in ticks
    void finish(List<Long> trackEnds) {
        notes.finish(trackEnds);
        sources.values().removeIf(List::isEmpty);
    }

    /// The tracks that have notes, ascending.
    NavigableSet<Integer> tracks() {
        return sources.keySet().stream()
                .map(Source::track)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The parts, in the order of tracks.
    ///
    /// @param names of all tracks
    /// @param lyrics of all tracks, each of which its first part has
    List<Part> parts(Timeline timeline, List<String> names, List<List<Lyric>> lyrics) {
        var parts = new ArrayList<Part>();
        for (int track : tracks()) {
            List<Source> ofTrack =
                    sources.keySet().stream().filter(source -> source.track == track).toList();
            for (Source source : ofTrack) {
                boolean first = source.equals(ofTrack.getFirst());
                parts.add(
                        new Part(
                                name(names.get(track), source, ofTrack),
                                source.program,
                                source.channel.number == Messages.DRUM_CHANNEL,
                                named(sources.getOrDefault(source, List.of()), timeline),
                                first ? lyrics.get(track) : List.of(),
                                pedals.getOrDefault(source.channel, List.of())));
            }
        }
        return parts;
    }

    /// The name of a track; where that makes several parts, with what they differ in.
    private static String name(String track, Source source, List<Source> ofTrack) {
        var words = new ArrayList<String>();
        if (!track.isEmpty()) words.add(track);
        if (ofTrack.stream().anyMatch(other -> !other.channel.equals(source.channel))) {
            words.add("channel " + (16 * source.channel.port + source.channel.number + 1));
        }
        boolean alone =
                ofTrack.stream().filter(other -> other.channel.equals(source.channel)).count() == 1;
        if (!alone) words.add("program " + (source.program + 1));
        return String.join(", ", words);
    }

    /// The notes, named by the keys in force.
    private List<Note> named(List<NoteReader.RawNote> raw, Timeline timeline) {
        var named = new ArrayList<Note>();
        for (NoteReader.RawNote note : raw) {
            Fraction onset = clock.quarters(note.onset());
            Fraction length = clock.quarters(note.end() - note.onset());
            var name = PitchName.of(note.key(), timeline.keyAt(onset).sharps());
            named.add(new Note(onset, length, note.key(), name, note.velocity(), 1));
        }
        return named;
    }
}
