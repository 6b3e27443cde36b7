package wavenet4j.notes.midi;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

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
import java.util.TreeMap;
import java.util.TreeSet;

import javax.sound.midi.ShortMessage;

/// Takes the parts from the messages of all channels: one for each track, channel and program that
/// has notes. Programs and pedals belong to a channel, whichever tracks play on it.
final class PartsReader {
    /// Tracks, channels and programs make over a hundred thousand in crafted files.
    private static final int MOST_PARTS = 10_000;

    /// Moves of a pedal, times the parts that share it.
    private static final int MOST_MOVES = 1_000_000;

    /// What makes a part.
    private record Source(int track, NoteReader.Channel channel, int program) {}

    private final Clock clock;
    private final Remarks remarks;
    private final NoteReader noteReader;
    private final Map<Integer, Integer> ports = new LinkedHashMap<>();
    private final Map<NoteReader.Channel, Integer> programs = new LinkedHashMap<>();
    private final Map<NoteReader.Channel, List<Pedal>> pedals = new LinkedHashMap<>();
    private final Map<Source, List<NoteReader.RawNote>> sources = new LinkedHashMap<>();

    PartsReader(Clock clock, Remarks remarks) {
        this.clock = clock;
        this.remarks = remarks;
        noteReader = new NoteReader(remarks);
    }

    /// Takes the port of what follows in a track.
    void port(int track, byte[] data) {
        if (data.length == 1 && data[0] >= 0) ports.put(track, (int) data[0]);
        else remarks.count("port is invalid and left out", "ports are invalid and left out");
    }

    /// Takes a message, in the order of time.
    void message(long tick, int track, ShortMessage message) {
        int port = ports.getOrDefault(track, 0);
        var channel = new NoteReader.Channel(port, message.getChannel());
        int first = message.getData1();
        int second = message.getData2();
        var place = new NoteReader.Place(track, channel, first);
        switch (message.getCommand()) {
            case ShortMessage.NOTE_ON -> {
                if (second == 0) {
                    noteReader.off(place, tick);
                } else {
                    var source = new Source(track, channel, programs.getOrDefault(channel, 0));
                    noteReader.on(
                            place,
                            tick,
                            second,
                            sources.computeIfAbsent(source, _ -> new ArrayList<>())::add);
                }
            }
            case ShortMessage.NOTE_OFF -> noteReader.off(place, tick);
            case ShortMessage.PROGRAM_CHANGE -> programs.put(channel, first);
            case ShortMessage.CONTROL_CHANGE -> {
                switch (first) {
                    case Messages.SUSTAIN -> pedal(tick, channel, second);
                    case Messages.ALL_SOUND_OFF, Messages.ALL_NOTES_OFF ->
                            noteReader.allOff(channel, tick);
                    default ->
                            remarks.count(
                                    "controller move is left out", "controller moves are left out");
                }
            }
            case ShortMessage.PITCH_BEND ->
                    remarks.count("pitch bend is left out", "pitch bends are left out");
            default -> remarks.count("aftertouch is left out", "aftertouches are left out");
        }
    }

    private void pedal(long tick, NoteReader.Channel channel, int value) {
        var move = new Pedal(clock.quarters(tick), value);
        List<Pedal> moves = pedals.computeIfAbsent(channel, _ -> new ArrayList<>());
        // Tracks that share a channel often tell the same of it.
        if (moves.isEmpty() || !moves.getLast().equals(move)) moves.add(move);
    }

    /// Ends the notes that still sound.
    ///
    /// @param trackEnds of all tracks, in ticks
    /// @throws IllegalArgumentException when there are more than 10,000 parts
    void finish(List<Long> trackEnds) {
        noteReader.finish(trackEnds);
        sources.values().removeIf(List::isEmpty);
        if (sources.size() > MOST_PARTS) {
            throw new IllegalArgumentException(
                    "its tracks, channels and programs make %,d parts, more than %,d"
                            .formatted(sources.size(), MOST_PARTS));
        }
    }

    /// The tracks that have notes, ascending.
    NavigableSet<Integer> tracks() {
        return sources.keySet().stream().map(Source::track).collect(toCollection(TreeSet::new));
    }

    /// The parts, in the order of tracks.
    ///
    /// @param names of all tracks
    /// @param lyrics of all tracks, each of which its first part has
    List<Part> parts(Timeline timeline, List<String> names, List<List<Lyric>> lyrics) {
        Map<NoteReader.Channel, Long> partsOfChannel =
                sources.keySet().stream().collect(groupingBy(Source::channel, counting()));
        pedals.forEach(
                (channel, moves) -> checkPedal(moves, partsOfChannel.getOrDefault(channel, 0L)));
        var parts = new ArrayList<Part>();
        Map<Integer, List<Source>> byTrack =
                sources.keySet().stream()
                        .collect(groupingBy(Source::track, TreeMap::new, toList()));
        byTrack.forEach((track, ofTrack) -> {
            Map<NoteReader.Channel, Long> ofChannel =
                    ofTrack.stream().collect(groupingBy(Source::channel, counting()));
            List<Lyric> sung = lyrics.get(track);
            for (Source source : ofTrack) {
                parts.add(
                        new Part(
                                name(names.get(track), source, ofChannel),
                                source.program,
                                source.channel.number() == Messages.DRUM_CHANNEL,
                                notes(source, timeline),
                                sung,
                                pedals.getOrDefault(source.channel, List.of())));
                sung = List.of();
            }
        });
        return parts;
    }

    /// Forgets a pedal that moves nothing, or that crafted files would copy to no end.
    private void checkPedal(List<Pedal> moves, long parts) {
        if (parts > 0 && parts * moves.size() <= MOST_MOVES) return;
        remarks.count(
                moves.size(),
                "pedal move is left out, since its channel has no parts or thousands",
                "pedal moves are left out, since their channels have no parts or thousands");
        moves.clear();
    }

    /// The name of a track; where that makes several parts, with what they differ in.
    private static String name(
            String track, Source source, Map<NoteReader.Channel, Long> partsOfChannel) {
        var words = new ArrayList<String>();
        if (!track.isEmpty()) words.add(track);
        if (partsOfChannel.size() > 1) {
            words.add("channel " + (16 * source.channel.port() + source.channel.number() + 1));
        }
        if (partsOfChannel.getOrDefault(source.channel, 0L) > 1) {
            words.add("program " + (source.program + 1));
        }
        return String.join(", ", words);
    }

    /// The notes, named by the keys in force.
    private List<Note> notes(Source source, Timeline timeline) {
        var named = new ArrayList<Note>();
        for (NoteReader.RawNote note : sources.getOrDefault(source, List.of())) {
            Fraction onset = clock.quarters(note.onset());
            Fraction length = clock.quarters(note.end() - note.onset());
            var name = PitchName.of(note.key(), timeline.keyAt(onset).sharps());
            named.add(new Note(onset, length, note.key(), name, note.velocity(), 1));
        }
        return named;
    }
}
