package wavenet4j.notes.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Track;

/// Events of a track that is written. At one time they are in the order of their ranks, and of one
/// rank in that in which they were added.
final class TrackEvents {
    /// What is at one time, in the order that is heard as it is meant.
    enum Rank {
        SETUP,
        NOTE_OFF,
        CHANGE,
        NOTE_ON
    }

    private record Event(long tick, Rank rank, MidiMessage message) {}

    private final List<Event> events = new ArrayList<>();

    void add(long tick, Rank rank, MidiMessage message) {
        events.add(new Event(tick, rank, message));
    }

    /// @param end of the track, in ticks
    void writeTo(Track track, long end) {
        events.stream()
                .sorted(Comparator.comparingLong(Event::tick).thenComparing(Event::rank))
                .forEach(event -> track.add(new MidiEvent(event.message, event.tick)));
        track.add(new MidiEvent(Messages.meta(Messages.END_OF_TRACK), end));
    }
}
